package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records, sealed classes, nests, enums, interfaces with code and hosts of hidden classes, rewritten together, link and do the same. */
class LinkedShapesTest {
    private static final String SOURCE = """
            import java.lang.invoke.MethodHandles;
            import java.util.function.IntSupplier;

            public class Shapes {
                sealed interface Shape permits Circle, Square {}

                record Circle(int radius) implements Shape {}

                record Square(int side) implements Shape {
                    Square {
                        while (side > 100) {
                            side -= 10;
                        }
                    }
                }

                enum Color {
                    RED,
                    GREEN {
                        @Override
                        String cry() {
                            return "leaf";
                        }
                    };

                    String cry() {
                        return "fire";
                    }
                }

                interface Greeter {
                    private String whisper() {
                        return "hello";
                    }

                    default String greet() {
                        return whisper() + loud(2);
                    }

                    static String loud(int times) {
                        StringBuilder marks = new StringBuilder();
                        for (int i = 0; i < times; i++) {
                            marks.append('!');
                        }
                        return marks.toString();
                    }
                }

                static final class Nest {
                    private int secret = 3;

                    private int steps(int n) {
                        int sum = 0;
                        for (int i = 0; i < n; i++) {
                            sum += secret;
                        }
                        return sum;
                    }
                }

                static int area(Shape shape) {
                    if (shape instanceof Circle circle) {
                        return 3 * circle.radius() * circle.radius();
                    }
                    return shape instanceof Square square ? square.side() * square.side() : -1;
                }

                static String color(Color color) {
                    return switch (color) {
                        case RED -> "red";
                        case GREEN -> "green";
                    };
                }

                public static String run() throws Throwable {
                    Nest nest = new Nest();
                    nest.secret++;
                    byte[] guest = Shapes.class.getClassLoader().getResourceAsStream("Guest.class").readAllBytes();
                    Class<?> hidden = MethodHandles.lookup()
                            .defineHiddenClass(guest, true, MethodHandles.Lookup.ClassOption.NESTMATE)
                            .lookupClass();
                    IntSupplier supplier = (IntSupplier) hidden.getDeclaredConstructor().newInstance();
                    return area(new Circle(2)) + " " + area(new Square(125)) + " " + new Square(3) + " "
                            + new Square(7).equals(new Square(7)) + " " + color(Color.GREEN) + Color.GREEN.cry()
                            + Color.valueOf("RED").cry() + " " + new Greeter() {}.greet() + " " + nest.steps(5) + " "
                            + supplier.getAsInt() + " " + hidden.isHidden() + " "
                            + (hidden.getNestHost() == Shapes.class) + " " + Shape.class.isSealed();
                }
            }

            class Guest implements IntSupplier {
                @Override
                public int getAsInt() {
                    int sum = 0;
                    for (int i = 0; i < 40; i++) {
                        sum += new int[i].length;
                    }
                    return sum;
                }
            }
            """;

    private static final Map<String, byte[]> ORIGINAL = Compiled.classes("Shapes", SOURCE);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doTheSame(boolean elide) throws Exception {
        CountingPolls.reset();
        String expected = run(ORIGINAL);
        assertThat(expected).endsWith("780 true true true");
        assertThat(CountingPolls.polls()).isZero();
        RewriteOptions options = new RewriteOptions(EnumSet.allOf(PollKind.class), elide, name -> true);
        Map<String, byte[]> rewritten = new TreeMap<>();
        ORIGINAL.forEach((name, bytes) -> {
            byte[] result = new ClassRewriter(options).rewrite(bytes).classFile();
            rewritten.put(name, result == null ? bytes : CountingPolls.in(result));
        });
        assertThat(run(rewritten)).isEqualTo(expected);
        assertThat(CountingPolls.polls()).isGreaterThan(40);
    }

    private static String run(Map<String, byte[]> classes) throws Exception {
        Method run = new InMemoryLoader(classes).loadClass("Shapes").getMethod("run");
        return (String) run.invoke(null);
    }
}
