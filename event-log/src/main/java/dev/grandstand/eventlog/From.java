package dev.grandstand.eventlog;

/** Where a follower begins. */
public enum From {
    /** With whatever is published next. */
    NOW,
    /** With the oldest record that is still there. */
    BEGINNING
}
