package dev.checkrein.it.programs.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Collections that all threads share, each with something that holds for it whenever nobody changes it. */
final class CollectionSteps implements Steps {
    private static final int KEYS = 16;
    private static final int TOKENS = 1;
    private static final int MOST_ELEMENTS = 64;

    private final Map<Integer, Integer> map = new HashMap<>();
    private final List<Integer> list = new ArrayList<>();
    private final Map<Integer, long[]> pairs = new ConcurrentHashMap<>();
    private final BlockingQueue<Object> tokens = new LinkedBlockingQueue<>(List.of("token"));
    private final List<Integer> synchronizedList = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Integer> synchronizedMap = Collections.synchronizedMap(new HashMap<>());
    private final List<Integer> copied = new CopyOnWriteArrayList<>(Collections.nCopies(KEYS, 0));
    private int computed;

    @Override
    public List<Step> all() {
        return List.of(
                this::changesMapAndList,
                this::computes,
                this::merges,
                this::takesToken,
                this::replacesInSynchronizedList,
                this::computesInSynchronizedMap,
                this::replacesInCopies);
    }

    /** The list has the map's keys, each once. */
    private void changesMapAndList(Place place) {
        Integer key = place.next(MOST_ELEMENTS);
        synchronized (map) {
            place.inside();
            if (map.put(key, key) == null) {
                place.work();
                list.add(key);
            } else {
                map.remove(key);
                place.work();
                for (var each = list.iterator(); each.hasNext(); ) {
                    if (each.next().equals(key)) {
                        each.remove();
                    }
                }
            }
        }
    }

    /** Both of a pair are the same; the map holds a monitor meanwhile. */
    private void computes(Place place) {
        pairs.compute(place.next(KEYS), (key, pair) -> {
            place.inside();
            long[] changed = pair == null ? new long[2] : pair;
            changed[0]++;
            place.work();
            changed[1]++;
            return changed;
        });
    }

    private void merges(Place place) {
        pairs.merge(place.next(KEYS), new long[2], (pair, none) -> {
            place.inside();
            pair[0]++;
            place.work();
            pair[1] += none.length - 1;
            return pair;
        });
    }

    private void takesToken(Place place) throws InterruptedException {
        Object token = tokens.take();
        try {
            place.inside();
            place.work();
        } finally {
            place.cleanup();
            place.work();
            tokens.add(token);
        }
    }

    /** All elements are the same. */
    private void replacesInSynchronizedList(Place place) {
        synchronizedList.replaceAll(element -> {
            place.inside();
            place.work();
            return element + 1;
        });
        synchronized (synchronizedList) {
            if (synchronizedList.size() < KEYS) {
                synchronizedList.add(synchronizedList.isEmpty() ? 0 : synchronizedList.get(0));
            } else {
                synchronizedList.clear();
            }
        }
    }

    private void computesInSynchronizedMap(Place place) {
        synchronizedMap.computeIfAbsent(place.next(KEYS), key -> {
            place.inside();
            computed++;
            place.work();
            return key;
        });
        synchronized (synchronizedMap) {
            if (synchronizedMap.size() == KEYS) {
                synchronizedMap.clear();
                place.work();
                computed = 0;
            }
        }
    }

    private void replacesInCopies(Place place) {
        copied.replaceAll(element -> {
            place.inside();
            place.work();
            return element + 1;
        });
        for (Integer element : copied) {
            place.work();
            if (element < 0) {
                copied.remove(element);
            }
        }
    }

    @Override
    public void check(Damage damage) {
        damage.unless(
                list.size() == map.size() && map.keySet().containsAll(list),
                "map and list that a monitor guards differ");
        damage.unless(pairs.values().stream().allMatch(pair -> pair[0] == pair[1]), "torn in ConcurrentHashMap");
        damage.unless(tokens.size() == TOKENS, "token lost");
        damage.unless(synchronizedList.stream().distinct().count() <= 1, "torn in a synchronized list");
        damage.unless(synchronizedMap.size() == computed, "torn in a synchronized map");
        damage.unless(copied.stream().distinct().count() == 1, "torn in CopyOnWriteArrayList");
    }
}
