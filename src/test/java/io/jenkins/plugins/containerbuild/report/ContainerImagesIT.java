package io.jenkins.plugins.containerbuild.report;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Fingerprint;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.TagResult;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeResult;
import io.jenkins.plugins.containerbuild.report.ReportedImage.Verb;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Needs Jenkins; one for all, since every test has builds of its own. */
@WithJenkins
class ContainerImagesIT {

    private static final Digest DIGEST = new Digest("sha256", "fedcba9876543210".repeat(4));

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static Digest id(char digit) {
        return new Digest("sha256", String.valueOf(digit).repeat(64));
    }

    private static FreeStyleBuild run() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        return jenkins.buildAndAssertSuccess(project);
    }

    private static List<ImageReference> names(String... names) {
        return List.of(names).stream().map(ImageReference::parse).toList();
    }

    private static BuildResult built(Digest id, String name) {
        return new BuildResult(
                id,
                names(name),
                5_000_000L,
                3,
                Duration.ofSeconds(12),
                List.of(),
                List.of(new PushedReference(ImageReference.parse(name), DIGEST)),
                DIGEST,
                Map.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static HtmlPage page(Run<?, ?> run) throws Exception {
        return jenkins.createWebClient().getPage(run);
    }

    @Test
    void anIndexHasADigestAndNoId() throws Exception {
        FreeStyleBuild run = run();
        ImageReference name = ImageReference.parse("registry.example:5000/team/app:1");
        ImageReport.merged(
                run,
                new MergeResult(
                        DIGEST,
                        Map.of("linux/arm64", id('1')),
                        List.of(new PushedReference(name, DIGEST)),
                        Duration.ofSeconds(1)));

        assertThat(page(run).asNormalizedText())
                .contains("not in the Docker server")
                .contains(name.toString())
                .contains("merged");
        ReportedImage image =
                run.getAction(ContainerImagesAction.class).getImages().get(0);
        assertThat(image.getImageId()).isNull();
        assertThat(image.getFingerprintUrl()).isNull();
        assertThat(image.getNames().get(0).getDigest()).isEqualTo(DIGEST.toString());
        assertThat(DockerFingerprints.of(DIGEST.toString())).isNull();
    }

    @Test
    void showsWhatWasDoneWithImages() throws Exception {
        FreeStyleBuild run = run();
        ImageReport.built(run, built(id('1'), "registry.example:5000/team/app:1"));
        ImageReport.tagged(run, new TagResult(id('1'), names("registry.example:5000/team/app:latest")));
        ImageReport.pulled(
                run, new PullResult(ImageReference.parse("base:1"), id('2'), DIGEST, Duration.ofMillis(300)));

        String text = page(run).asNormalizedText();

        assertThat(text)
                .contains("Container images", "111111111111", "222222222222", "base:1")
                .contains("registry.example:5000/team/app:1", "registry.example:5000/team/app:latest")
                .contains("sha256:fedcba987654", "built, tagged, pushed", "pulled", "4.77 MiB", "12 sec");
    }

    @Test
    void showsNothingWhereThereIsNothing() throws Exception {
        assertThat(page(run()).asNormalizedText()).doesNotContain("Container images");
    }

    @Test
    void showsForeignTextAsText() throws Exception {
        FreeStyleBuild run = run();
        // What no parser lets in may still stand in a build's file on the disk.
        String evil = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>";
        ContainerImagesAction.of(run)
                .add(ReportedImage.of(evil, Verb.PULLED).with(List.of(new ReportedName(evil, evil))));
        String html = page(run).getWebResponse().getContentAsString();
        assertThat(html).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert", "<img src=x");
    }

    @Test
    void survivesARestart() throws Exception {
        FreeStyleBuild run = run();
        ImageReport.built(run, built(id('3'), "registry.example:5000/team/app:1"));
        ImageReport.pushed(
                run,
                new PushResult(
                        id('3'),
                        List.of(new PushedReference(ImageReference.parse("registry.example:5000/team/app:2"), DIGEST)),
                        Duration.ofMillis(100)));

        jenkins.jenkins.reload();
        FreeStyleBuild reloaded = (FreeStyleBuild) Run.fromExternalizableId(run.getExternalizableId());
        assertThat(reloaded).isNotSameAs(run);

        ContainerImagesAction action = reloaded.getAction(ContainerImagesAction.class);
        assertThat(action.getRun()).isSameAs(reloaded);
        ReportedImage image = action.getImages().get(0);
        assertThat(image.getVerbs()).containsExactly(Verb.BUILT, Verb.PUSHED);
        assertThat(image.getNames())
                .extracting(ReportedName::getPinned)
                .containsExactly(
                        "registry.example:5000/team/app:1@" + DIGEST, "registry.example:5000/team/app:2@" + DIGEST);
        assertThat(page(reloaded).asNormalizedText()).contains("registry.example:5000/team/app:2");
        // A later branch of the same build goes on with it.
        ImageReport.tagged(reloaded, new TagResult(id('3'), names("another:1")));
        assertThat(action.getImages()).hasSize(1);
    }

    @Test
    void savesSimpleNamesOnly() throws Exception {
        FreeStyleBuild run = run();
        ImageReport.built(run, built(id('4'), "registry.example:5000/team/app:1"));
        String xml = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertThat(xml)
                .contains("registry.example:5000/team/app:1")
                .doesNotContain("containerbuild.engine", "ImmutableCollections");
    }

    @Test
    void servesTheApi() throws Exception {
        FreeStyleBuild run = run();
        ImageReport.built(run, built(id('5'), "registry.example:5000/team/app:1"));
        JenkinsRule.WebClient client = jenkins.createWebClient();
        JSONObject own =
                client.getJSON(run.getUrl() + "containerImages/api/json").getJSONObject();
        JSONObject image = own.getJSONArray("images").getJSONObject(0);
        assertThat(image.getString("imageId")).isEqualTo(id('5').toString());
        assertThat(image.getLong("sizeBytes")).isEqualTo(5_000_000);
        assertThat(image.getString("verbs")).isEqualTo("[\"BUILT\",\"PUSHED\"]");
        assertThat(image.getJSONArray("names").getJSONObject(0).getString("digest"))
                .isEqualTo(DIGEST.toString());
        JSONObject ofTheBuild = client.getJSON(run.getUrl() + "api/json").getJSONObject();
        assertThat(ofTheBuild.getJSONArray("actions").toString()).contains(image.toString());
    }

    @Test
    void recordsFingerprintsOfBuiltImages() throws Exception {
        FreeStyleBuild first = run();
        FreeStyleBuild second = run();
        ImageReport.built(first, built(id('6'), "registry.example:5000/team/app:1"));
        ImageReport.built(second, built(id('6'), "registry.example:5000/team/app:2"));

        Fingerprint fingerprint = DockerFingerprints.of(id('6').toString());

        assertThat(fingerprint.getOriginal().getRun()).isEqualTo(first);
        assertThat(fingerprint.getFileName()).isEqualTo("Docker image registry.example:5000/team/app:1");
        assertThat(fingerprint.getUsages())
                .containsKeys(
                        first.getParent().getFullName(), second.getParent().getFullName());
        HtmlPage page = page(second);
        assertThat(page.getAnchorByText("666666666666").<HtmlPage>click().asNormalizedText())
                .contains(first.getParent().getFullName());
    }

    @Test
    void takesReportsOfManyBranchesAtOnce() throws Exception {
        FreeStyleBuild run = run();
        ExecutorService branches = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Digest id = new Digest("sha256", String.format("%064x", i + 1));
                String name = "app:" + i;
                done.add(branches.submit(() -> ImageReport.tagged(run, new TagResult(id, names(name)))));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            branches.shutdownNow();
        }
        run.reload();
        assertThat(run.getActions(ContainerImagesAction.class)).hasSize(1);
        assertThat(run.getAction(ContainerImagesAction.class).getImages()).hasSize(64);
    }

    @Test
    void neverFailsABuildButSaysSoInItsLog() throws Exception {
        FreeStyleBuild run = run();
        // A directory in the place of the build's file makes every attempt to save it fail.
        Files.delete(run.getRootDir().toPath().resolve("build.xml"));
        Files.createDirectories(run.getRootDir().toPath().resolve("build.xml").resolve("in the way"));
        ByteArrayOutputStream log = new ByteArrayOutputStream();

        ImageReport.built(run, new StreamTaskListener(log, StandardCharsets.UTF_8), built(id('7'), "app:1"));

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("WARNING", id('7').toString(), "The image itself is not affected");
    }
}
