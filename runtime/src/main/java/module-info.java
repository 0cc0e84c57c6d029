/** Checkrein's API: deadlines and cancellation that reach threads which do not cooperate. */
module dev.checkrein {
    exports dev.checkrein;
}
