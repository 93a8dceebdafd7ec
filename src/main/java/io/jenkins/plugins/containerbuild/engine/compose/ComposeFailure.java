package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what Compose and the daemon say of a project that is not up into one message. */
final class ComposeFailure {

    private static final int SHOWN_LINES = 20;

    private ComposeFailure() {}

    /** The files are wrong, or name what is not there. */
    static InvalidRequestException unreadable(String what, List<String> lines) {
        String said = said(lines);
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("no such service")) {
            return new InvalidRequestException(
                    what,
                    said,
                    "Give services of the files; one with profiles needs one of them in the option profiles");
        }
        if (lower.contains("is missing a value") || lower.contains("required variable")) {
            return new InvalidRequestException(what, said, "Set the variable with the option env");
        }
        return new InvalidRequestException(what, said, "Mend the file; docker compose config checks it");
    }

    /** An image was not built. */
    static EngineException notBuilt(String what, List<String> lines) {
        return new EngineException(
                what, "Docker Compose ended with an error:\n" + said(lines) + "\n", "Look at the lines above");
    }

    /**
     * Services are not ready.
     *
     * @param said what Compose said, as far as that is of interest; empty for nothing
     * @param failed why, by service
     */
    static EngineException notReady(
            String what, String said, Map<ComposeService, String> failed, ContainerStore containers)
            throws InterruptedException {
        StringBuilder why = new StringBuilder(said);
        for (Map.Entry<ComposeService, String> entry : failed.entrySet()) {
            ComposeService service = entry.getKey();
            why.append(why.length() == 0 || why.charAt(why.length() - 1) == '\n' ? "" : "\n")
                    .append("the service ")
                    .append(service.shown())
                    .append(": ")
                    .append(entry.getValue());
            List<String> lines = containers.lastLines(service.container().id(), SHOWN_LINES);
            why.append(lines.isEmpty() ? "; it printed nothing\n" : "; its last lines:\n");
            lines.forEach(line ->
                    why.append(service.shown()).append(" | ").append(line).append('\n'));
        }
        return new EngineException(what, why.toString(), advice(said));
    }

    private static String advice(String said) {
        if (said.contains("port is already allocated") || said.contains("address already in use")) {
            return "Publish the service's port alone, as in ports: ['8080']: the daemon then chooses a free one, which the"
                    + " stack's port tells";
        }
        if (said.contains("already in use by container")) {
            return "Leave container_name out of the file, so that several builds can run at once";
        }
        if (said.contains("address pool") || said.contains("non-overlapping")) {
            return "Remove networks that nobody needs, or give the daemon more default-address-pools";
        }
        if (said.contains("executable file not found")) {
            return "Check the service's command: its first word has to be a program in the image";
        }
        if (said.contains("declared as external") || said.contains("not found")) {
            return "Create what the file calls external first, and check its name";
        }
        return "Look at the services' logs, their commands and what they wait for";
    }

    /** What was said last, without the tale of what went well. */
    static String said(List<String> lines) {
        List<String> telling = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .filter(line -> !line.matches(
                        "(Container|Network|Volume|Image) .* (Creat|Start|Runn|Wait|Healthy|Recreat|Stop|Remov).*"))
                .filter(line ->
                        !line.startsWith("time=") || line.contains("level=error") || line.contains("level=fatal"))
                .toList();
        String said =
                telling.stream().skip(Math.max(0, telling.size() - SHOWN_LINES)).collect(Collectors.joining("\n"));
        return said.isEmpty() ? "Docker Compose ended with an error and did not say why" : said;
    }
}
