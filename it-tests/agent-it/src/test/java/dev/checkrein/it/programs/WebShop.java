package dev.checkrein.it.programs;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server with one worker, and its client. Knows nothing of Checkrein. */
public final class WebShop {
    /** Those that were ever made. */
    private static int workers;

    private WebShop() {}

    /** Answers with the name of the thread that it runs on. */
    private static final class Shop implements HttpHandler {
        private int turns;

        @Override
        public void handle(HttpExchange exchange) throws IOException {
            switch (exchange.getRequestURI().getPath()) {
                case "/loop" -> loop();
                case "/swallow" -> swallow();
                case "/sleep" -> sleep();
                default -> {}
            }
            byte[] answer = Thread.currentThread().getName().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }

        private void loop() {
            while (true) {
                turns++;
            }
        }

        private void swallow() {
            while (true) {
                try {
                    loop();
                } catch (Throwable again) {
                    turns--;
                }
            }
        }

        private static void sleep() {
            try {
                Thread.sleep(Long.MAX_VALUE); // the subject
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** As any application has one. */
    private static final class Apologies extends Filter {
        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            try {
                chain.doFilter(exchange);
            } catch (RuntimeException e) {
                byte[] answer = (e.getClass().getSimpleName() + " by "
                                + e.getCause().getClass().getSimpleName())
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_INTERNAL_ERROR, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            }
        }

        @Override
        public String description() {
            return "apologies";
        }
    }

    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService worker = Executors.newSingleThreadExecutor(body -> new Thread(body, "worker " + ++workers));
        server.setExecutor(worker);
        server.createContext("/", new Shop()).getFilters().add(new Apologies());
        server.start();
        String root = "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
        for (String path : new String[] {"/", "/loop", "/", "/swallow", "/", "/sleep", "/"}) {
            System.out.println(path + ": " + get(root + path));
        }
        server.stop(0);
        worker.shutdown();
    }

    private static String get(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        int status = connection.getResponseCode();
        byte[] answer = (status == HttpURLConnection.HTTP_OK
                        ? connection.getInputStream()
                        : connection.getErrorStream())
                .readAllBytes();
        return status + " " + new String(answer, StandardCharsets.UTF_8);
    }
}
