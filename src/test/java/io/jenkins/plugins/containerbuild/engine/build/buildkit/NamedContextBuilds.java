package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static io.jenkins.plugins.containerbuild.engine.build.buildkit.BuildKitBuilds.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What contexts can be with a BuildKit of the last years. */
abstract class NamedContextBuilds extends ContextBuilds {

    @Test
    void buildsADirectoryOfAGitRepository(TestEngine daemon) throws Exception {
        Path sources = folder.resolve("sources");
        dockerfile(sources.resolve("service/app"), "FROM base:1", "COPY . /src", "RUN ls /src; echo " + unique);
        String repository = server.repository("app", sources);

        assertThat(output(
                        daemon,
                        BuildRequest.of(repository + "#main:service/app").build()))
                .contains("Dockerfile\n" + unique);
    }

    @Test
    void takesFurtherDirectoriesByTheirNames(TestEngine daemon) throws Exception {
        dockerfile(
                context,
                "FROM base:1",
                "COPY --from=docs . /docs",
                "COPY --from=context . /named",
                "COPY --from=dockerfile . /third",
                "RUN ls /docs /named /third; cat /docs/text");
        Path docs = Files.createDirectory(context.resolve("docs"));
        Files.writeString(docs.resolve("text"), unique);
        Files.writeString(docs.resolve("secret"), "");
        Files.writeString(docs.resolve(".dockerignore"), "secret");
        Path other = Files.createDirectory(context.resolve("other"));
        Files.writeString(other.resolve("of-other"), "");
        Map<String, String> contexts = new LinkedHashMap<>();
        contexts.put("docs", "docs");
        contexts.put("context", "other");
        contexts.put("dockerfile", other.toString());

        String output = output(
                daemon,
                request().root(context.toString()).buildContexts(contexts).build());

        assertThat(output).contains(unique).doesNotContain("secret");
        assertThat(output.split("of-other", -1)).hasSize(3);
    }

    @Test
    void replacesABaseImageByAnotherBuildsResult(TestEngine daemon) throws Exception {
        String tag = "kitcontext:" + unique;
        dockerfile(folder.resolve("first"), "FROM base:1", "RUN echo " + unique + " > /made");
        BuildKitBuilds.build(
                daemon,
                BuildRequest.of(folder.resolve("first").toString())
                        .tags(List.of(ImageReference.parse(tag)))
                        .build());
        dockerfile(
                context, "FROM upstream.example/not/there", "COPY --from=again /made /again", "RUN cat /made /again");

        String output = output(
                daemon,
                request()
                        .buildContexts(Map.of(
                                "upstream.example/not/there:latest",
                                "docker-image://" + tag,
                                "again",
                                "docker-image://" + tag))
                        .build());

        assertThat(output).contains(unique + "\n" + unique);
        assertThatThrownBy(() -> output(
                        daemon,
                        request()
                                .buildContexts(Map.of("a", "docker-image://sha256:" + "0".repeat(64)))
                                .build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("names alone");
    }

    @Test
    void takesFurtherContextsFromTheWeb(TestEngine daemon) throws Exception {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(sources.resolve("hello"), "hello " + unique);
        String repository = server.repository("app", sources);
        dockerfile(context, "FROM base:1", "COPY --from=app /hello /", "RUN cat /hello");

        assertThat(output(
                        daemon,
                        request()
                                .buildContexts(Map.of("app", repository + "#main"))
                                .build()))
                .contains("hello " + unique);
    }
}
