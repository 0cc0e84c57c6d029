/** Checkrein's API: deadlines and cancellation that reach threads which do not cooperate. */
module dev.checkrein {
    requires static java.management; // tells how long threads were on a processor

    exports dev.checkrein;
}
