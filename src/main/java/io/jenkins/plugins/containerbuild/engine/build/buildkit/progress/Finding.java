package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import io.jenkins.plugins.containerbuild.engine.build.BuildWarning;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexWarning;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the daemon found in a Dockerfile: {@code FromAsCasing: 'as' and 'FROM' ... (line 4)}, with its place. */
final class Finding {

    private static final Pattern RULE = Pattern.compile("([A-Z][A-Za-z]{2,60}): (.+)");
    private static final Pattern LINE = Pattern.compile(" \\(line \\d{1,9}\\)$");

    private Finding() {}

    static BuildWarning of(VertexWarning warning, UnaryOperator<String> mask) {
        int line = warning.getRangesList().isEmpty()
                ? 0
                : warning.getRanges(0).getStart().getLine();
        String said = mask.apply(oneLine(warning.getShort().toStringUtf8()));
        String message = line > 0 ? LINE.matcher(said).replaceFirst("") : said;
        Matcher rule = RULE.matcher(message);
        boolean named = rule.matches();
        return new BuildWarning(
                named ? rule.group(1) : null,
                named ? rule.group(2) : withDetail(message, warning, mask),
                warning.hasInfo() ? warning.getInfo().getFilename() : null,
                line,
                warning.getUrl().isEmpty() ? null : warning.getUrl());
    }

    /** Where a rule is named, the detail only explains the rule. */
    private static String withDetail(String message, VertexWarning warning, UnaryOperator<String> mask) {
        String detail = warning.getDetailList().stream()
                .map(line -> oneLine(line.toStringUtf8()))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        return detail.isEmpty() ? message : message + ": " + mask.apply(detail);
    }

    private static String oneLine(String text) {
        return text.strip().replace('\n', ' ');
    }
}
