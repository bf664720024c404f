package dev.grandstand.e2e.bench;

/** Measures one thing, and the limit of it in the same run; ends by itself within three minutes. */
interface Benchmark {

    Report run(Settings settings) throws Exception;
}
