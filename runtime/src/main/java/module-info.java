/** Checkrein's API: deadlines and cancellation that reach threads which do not cooperate. */
module dev.checkrein {
    requires static java.management; // tells how long threads were on a processor
    requires static jdk.jfr; // records what was done to threads
    requires static jdk.management; // tells how much they have allocated

    exports dev.checkrein;
}
