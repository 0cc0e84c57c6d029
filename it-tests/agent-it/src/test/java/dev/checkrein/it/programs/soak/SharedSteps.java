package dev.checkrein.it.programs.soak;

import java.nio.file.Path;
import java.util.List;

/** All steps that workers share. */
final class SharedSteps {
    private final List<Steps> kinds;
    private final List<Step> all;

    SharedSteps(Path folder) {
        kinds = List.of(new MonitorSteps(), new LockSteps(), new ResourceSteps(folder), new CollectionSteps());
        all = kinds.stream().flatMap(steps -> steps.all().stream()).toList();
    }

    List<Step> all() {
        return all;
    }

    /** On a worker that is not in a step. */
    void checkOwn(Damage damage) {
        kinds.forEach(steps -> steps.checkOwn(damage));
    }

    /** While no worker is in a step. On another thread. */
    void check(Damage damage) {
        kinds.forEach(steps -> steps.check(damage));
    }
}
