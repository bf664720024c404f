package dev.grandstand.relay.media;

/** An element that hands every packet of its source to its sinks: a fixed point in the graph whose source can be switched. */
public interface PassThrough extends MediaElement {}
