package io.jenkins.plugins.containerbuild;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;

/** What tests inside Jenkins have in common. */
public final class JenkinsKit {

    private JenkinsKit() {}

    /** Makes all nodes find the test's engine, the way an administrator would. */
    public static void useEngine(Jenkins jenkins, TestEngine engine, Map<String, String> more) throws IOException {
        useAddress(jenkins, engine.uri().toString(), more);
    }

    /** The same for an address that may be no engine's. */
    public static void useAddress(Jenkins jenkins, String address, Map<String, String> more) throws IOException {
        List<EnvironmentVariablesNodeProperty.Entry> entries = new ArrayList<>();
        entries.add(new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", address));
        more.forEach((name, value) -> entries.add(new EnvironmentVariablesNodeProperty.Entry(name, value)));
        jenkins.getGlobalNodeProperties().replaceBy(List.of(new EnvironmentVariablesNodeProperty(entries)));
    }

    /** The text of a Jenkinsfile that lies beside the test's class in the resources. */
    public static String jenkinsfile(Class<?> test, String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(test.getResourceAsStream(name + ".jenkinsfile"), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The log, which must hold no stack trace. */
    public static String plainLog(Run<?, ?> run) throws IOException {
        String log = JenkinsRule.getLog(run);
        assertThat(log.lines()).noneMatch(line -> line.startsWith("\tat "));
        return log;
    }
}
