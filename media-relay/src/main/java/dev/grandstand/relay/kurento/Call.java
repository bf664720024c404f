package dev.grandstand.relay.kurento;

/**
 * One invocation on an object.
 *
 * @param session on whose behalf
 * @param arguments the operation's parameters
 * @param objects where other objects that the parameters name are found
 * @param sessions all sessions of the node
 */
record Call(Session session, Arguments arguments, ObjectRegistry objects, Sessions sessions) {

    /** The element that a parameter names; the session references it from now on. */
    ElementObject element(String parameter) {
        var id = arguments.text(parameter);
        if (objects.find(id) instanceof ElementObject element) {
            session.reference(element);
            return element;
        }
        throw Refusal.noSuchObject(id);
    }
}
