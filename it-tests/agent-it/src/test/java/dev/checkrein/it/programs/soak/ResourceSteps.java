package dev.checkrein.it.programs.soak;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What is opened is closed: by try-with-resources, or by {@code finally}, and on all ways out. */
final class ResourceSteps implements Steps {
    private static final int TURNS = 4;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /** At the last check, of these steps or others. */
    private static long seenOpen;

    private final Path folder;
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();

    ResourceSteps(Path folder) {
        this.folder = folder;
    }

    private final class Counted implements AutoCloseable {
        private final Place place;

        Counted(Place place) {
            this.place = place;
            opened.incrementAndGet();
        }

        @Override
        public void close() {
            place.cleanup();
            place.work();
            closed.incrementAndGet();
        }
    }

    /** Around what is open already when this is made. */
    private final class CountedStream extends FilterOutputStream {
        private final Place place;
        private boolean open = true;

        CountedStream(OutputStream out, Place place) {
            super(out);
            this.place = place;
            opened.incrementAndGet();
        }

        @Override
        public void close() throws IOException {
            place.cleanup();
            place.work();
            if (open) {
                open = false; // the writer around it closes it, too
                closed.incrementAndGet();
            }
            super.close();
        }
    }

    @Override
    public List<Step> all() {
        return List.of(
                this::closesAll,
                this::leavesEarly,
                this::closesByFinally,
                now(this::writesFile),
                now(this::usesChannel));
    }

    /** Files take much longer than all else. */
    private static Step now(Step step) {
        return place -> {
            if (place.next(TURNS) == 0) {
                step.take(place);
            }
        };
    }

    private void closesAll(Place place) {
        try (Counted first = new Counted(place);
                Counted second = new Counted(first.place);
                Counted third = new Counted(second.place)) {
            place.inside();
            third.place.work();
        }
    }

    private int leavesEarly(Place place) {
        for (int i = 0; i < TURNS; i++) {
            try (Counted counted = new Counted(place)) {
                place.inside();
                counted.place.work();
                int way = place.next(TURNS);
                if (way == 0) {
                    continue;
                }
                if (way == 1) {
                    break;
                }
                if (way == 2) {
                    return way;
                }
            }
        }
        return 0;
    }

    private void closesByFinally(Place place) {
        Counted first = new Counted(place);
        try {
            Counted second = new Counted(place);
            try {
                place.inside();
                place.work();
            } finally {
                try {
                    place.cleanup();
                    place.work();
                } finally {
                    for (int i = 0; i < TURNS; i++) {
                        place.work();
                    }
                    second.close();
                }
            }
            place.inside();
            place.work();
        } finally {
            first.close();
        }
    }

    private void writesFile(Place place) throws IOException {
        Path file = folder.resolve("file-" + Thread.currentThread().getName());
        try (OutputStream out = new CountedStream(Files.newOutputStream(file), place);
                Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            place.inside();
            for (int i = 0; i < TURNS; i++) {
                writer.write("line " + i + "\n");
                place.work();
            }
        }
    }

    private void usesChannel(Place place) throws IOException {
        Path file = folder.resolve("channel-" + Thread.currentThread().getName());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            place.inside();
            ByteBuffer buffer = ByteBuffer.allocate(TURNS);
            channel.write(buffer, 0);
            place.work();
            channel.read(buffer.flip(), 0);
        }
    }

    @Override
    public void check(Damage damage) {
        damage.unless(opened.get() == closed.get(), "resource left open");
        long open = openFiles();
        damage.unless(open <= seenOpen, "file left open");
        seenOpen = open;
    }

    /** Those of this folder, where the system tells. */
    private long openFiles() {
        if (!Files.isDirectory(OPEN_FILES)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.filter(this::leadsToFolder).count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean leadsToFolder(Path link) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder);
        } catch (IOException gone) {
            return false;
        }
    }
}
