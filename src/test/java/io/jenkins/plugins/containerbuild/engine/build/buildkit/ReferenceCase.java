package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecret;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.testkit.OpenSsh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One case of the corpus, set up in a folder of its own: its files and those that every case has in the directory
 * {@code context}, what it has in {@code beside} next to that. A file {@code options} says how it is to be built, in lines
 * such as {@code build-arg A=1}; a Dockerfile with {@code ARG SERVER} gets the address of a server.
 */
final class ReferenceCase implements AutoCloseable {

    private static final String BESIDE = "beside";

    private final Path context;
    private final List<String[]> options = new ArrayList<>();
    private final Path sshKey;
    private final ContextServer server;

    private ReferenceCase(Path folder, Path source) throws Exception {
        context = Files.createDirectories(folder.resolve("context"));
        copy(source, context);
        if (Files.exists(source.resolve(BESIDE))) {
            copy(source.resolve(BESIDE), Files.createDirectories(folder.resolve(BESIDE)));
        }
        readOptions();
        CorpusContext.fill(context);
        sshKey = needs("ssh") ? OpenSsh.in(folder).key("key", "", "-t", "ed25519") : null;
        server = wantsServer() ? serve(folder) : null;
    }

    /** Sets up a case, whose files are in a folder of the test's resources. */
    static ReferenceCase in(Path folder, Path source) throws Exception {
        return new ReferenceCase(folder, source);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private void readOptions() throws IOException {
        Path file = context.resolve("options");
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(line -> options.add(line.split(" ", 2)));
            Files.delete(file);
        }
    }

    private boolean needs(String option) {
        return options.stream().anyMatch(line -> line[0].equals(option));
    }

    private boolean wantsServer() throws IOException {
        Path dockerfile = context.resolve("Dockerfile");
        return Files.exists(dockerfile) && Files.readAllLines(dockerfile).contains("ARG SERVER");
    }

    private ContextServer serve(Path folder) throws Exception {
        Path www = folder.resolve("www");
        ContextServer started = new ContextServer(www);
        Files.writeString(www.resolve("served.txt"), "served by the test\n");
        Files.copy(context.resolve("archive.tar.gz"), www.resolve("served.tar.gz"));
        Path sources = Files.createDirectories(folder.resolve("sources/tree/sub"));
        Files.writeString(sources.resolve("in-a-repository.txt"), "committed\n");
        started.repository("served", folder.resolve("sources"));
        String address = started.url("");
        options.add(new String[] {"build-arg", "SERVER=" + address.substring(0, address.length() - 1)});
        return started;
    }

    /** The docker command's arguments. */
    List<String> command(String tag) {
        List<String> command = new ArrayList<>(List.of("build", "-q", "--no-cache", "-t", tag));
        for (String[] line : options) {
            command.addAll(
                    switch (line[0]) {
                        case "file" -> List.of("--file", file(line[1]));
                        case "secret" -> List.of("--secret", "id=" + id(line[1]) + ",src=" + file(value(line[1])));
                        case "ssh" -> List.of("--ssh", line[1] + "=" + sshKey);
                        default -> List.of("--" + line[0], line[1]);
                    });
        }
        command.add(context.toString());
        return command;
    }

    /** The same for the engine. */
    BuildRequest request(String tag) throws Exception {
        BuildRequest.Builder request =
                BuildRequest.of(context.toString()).noCache(true).tags(List.of(ImageReference.parse(tag)));
        for (String[] line : options) {
            String[] pair = line[1].split("=", 2);
            switch (line[0]) {
                case "build-arg" -> request.buildArgs(Map.of(pair[0], pair[1]));
                case "label" -> request.labels(Map.of(pair[0], pair[1]));
                case "target" -> request.target(line[1]);
                case "file" -> request.file(file(line[1]));
                case "secret" -> request.secrets(List.of(BuildSecret.ofFile(id(line[1]), file(value(line[1])))));
                case "ssh" -> request.ssh(List.of(SshForward.parse(line[1] + "=" + sshKey)));
                default -> throw new IllegalArgumentException("unknown option " + line[0]);
            }
        }
        return request.build();
    }

    private String file(String name) {
        return context.resolve(name).normalize().toString();
    }

    private static String id(String idAndValue) {
        return idAndValue.split(" ", 2)[0];
    }

    private static String value(String idAndValue) {
        return idAndValue.split(" ", 2)[1];
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
