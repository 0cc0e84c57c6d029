package dev.checkrein.it.programs.soak;

/** Something that leaves all as it was, or as it may be, even if it is ended in its middle. */
@FunctionalInterface
interface Step {
    void take(Place place) throws Exception;
}
