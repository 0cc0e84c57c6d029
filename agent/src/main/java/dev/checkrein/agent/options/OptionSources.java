package dev.checkrein.agent.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/** Where option values come from: the agent argument, properties, the environment and a file, in order of precedence. */
final class OptionSources {
    /** It may be given like ours, and is read by other code. */
    private static final String OF_THE_JUNIT_EXTENSION = "checkrein.junit.cancel-after";

    private OptionSources() {}

    /** The value of each option that was given, by its strongest source. */
    static Map<Option, String> collect(String argument, Properties properties, Map<String, String> environment)
            throws InvalidOptionException {
        Map<Option, String> values = new EnumMap<>(Option.class);
        addArgument(values, argument);
        addProperties(values, properties);
        addEnvironment(values, environment);
        String file = values.get(Option.CONFIG);
        if (file != null) {
            addFile(values, file);
        }
        return values;
    }

    private static void addArgument(Map<Option, String> values, String argument) throws InvalidOptionException {
        if (argument == null || argument.isBlank()) {
            return;
        }
        for (String pair : argument.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new InvalidOptionException("\"" + pair + "\" in the agent argument is not of the form key=value."
                        + " Valid keys: " + Option.keys());
            }
            String key = pair.substring(0, equals).trim();
            Option option = known(key, "in the agent argument");
            String value = pair.substring(equals + 1).trim();
            if (values.putIfAbsent(option, value) != null) {
                throw new InvalidOptionException("option \"" + key + "\" is given twice in the agent argument");
            }
        }
    }

    private static void addProperties(Map<Option, String> values, Properties properties) throws InvalidOptionException {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(Option.PROPERTY_PREFIX) && !name.equals(OF_THE_JUNIT_EXTENSION)) {
                String key = name.substring(Option.PROPERTY_PREFIX.length());
                Option option = known(key, "in the system property " + name);
                values.putIfAbsent(option, properties.getProperty(name).trim());
            }
        }
    }

    private static void addEnvironment(Map<Option, String> values, Map<String, String> environment)
            throws InvalidOptionException {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (name.startsWith(Option.VARIABLE_PREFIX)) {
                Option option = Option.withVariable(name)
                        .orElseThrow(() -> new InvalidOptionException("unknown option \"" + name
                                + "\" in the environment. Valid variables: " + Option.variables()));
                values.putIfAbsent(option, variable.getValue().trim());
            }
        }
    }

    private static void addFile(Map<Option, String> values, String file) throws InvalidOptionException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidOptionException("config=" + file + " cannot be read (" + e + "). It must name a properties"
                    + " file whose keys are any of: " + Option.keys());
        }
        for (String key : properties.stringPropertyNames()) {
            Option option = known(key, "in " + file);
            if (option == Option.CONFIG) {
                throw new InvalidOptionException("config= in " + file + " is not possible: a file cannot name another");
            }
            values.putIfAbsent(option, properties.getProperty(key).trim());
        }
    }

    private static Option known(String key, String where) throws InvalidOptionException {
        return Option.withKey(key)
                .orElseThrow(() -> new InvalidOptionException(
                        "unknown option \"" + key + "\" " + where + ". Valid keys: " + Option.keys()));
    }
}
