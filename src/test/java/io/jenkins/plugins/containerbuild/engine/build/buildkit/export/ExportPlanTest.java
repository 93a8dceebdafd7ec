package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuildKitVersion;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.ImageHome;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where an image goes, for every kind of daemon and every wish. */
class ExportPlanTest {

    private static final Map<String, String> NAMED = Map.of("name", "r.example/app:1");
    private static final Map<String, String> PUSHED =
            Map.of("name", "r.example/app:1", "push", "true", "store", "false");

    private static BuildRequest.Builder request(String... outputs) throws Exception {
        BuildRequest.Builder request =
                BuildRequest.of("/context").tags(List.of(ImageReference.parse("r.example/app:1")));
        for (String output : outputs) {
            request.outputs(List.of(BuildOutput.parse(output)));
        }
        return request;
    }

    private static ExportPlan plan(ImageHome home, BuildRequest.Builder request, RegistryEntry... entries)
            throws Exception {
        BuildRequest built = request.build();
        return ExportPlan.of(
                built,
                built.via(),
                new BuilderAbilities("Docker Engine 1 at unix:///x", home, new BuildKitVersion(0, 13), List.of(), null),
                new RegistryAccess(Registries.of(List.of(entries)), CredentialsSource.ANONYMOUS));
    }

    private static void assertExports(ExportPlan plan, boolean inDaemon, PlannedExport... exports) {
        assertThat(plan.exports()).containsExactly(exports);
        assertThat(plan.inDaemon()).isEqualTo(inDaemon);
    }

    private static PlannedExport export(String type, Map<String, String> attributes) {
        return new PlannedExport(type, attributes, null);
    }

    @Test
    void withoutAWordTheImageGoesIntoTheEngine() throws Exception {
        assertExports(plan(ImageHome.CLASSIC, request()), true, export("moby", NAMED));
        assertExports(plan(ImageHome.CONTAINERD, request()), true, export("moby", NAMED));
        assertExports(
                plan(ImageHome.STANDALONE, request()),
                true,
                new PlannedExport("docker", NAMED, new BuildOutput("docker", null, Map.of())));
    }

    @Test
    void aPushGoesThroughTheEngineOnlyWhereItMust() throws Exception {
        assertExports(plan(ImageHome.CLASSIC, request().push(true)), true, export("moby", NAMED));
        assertExports(plan(ImageHome.CONTAINERD, request().push(true)), false, export("image", PUSHED));
        assertExports(plan(ImageHome.STANDALONE, request().push(true)), false, export("image", PUSHED));
        assertThat(plan(ImageHome.CLASSIC, request().push(true)).pushed()).isEmpty();
        assertThat(plan(ImageHome.CONTAINERD, request().push(true)).pushed())
                .containsExactly(ImageReference.parse("r.example/app:1"));
    }

    @Test
    void pushAndLoadTogether() throws Exception {
        assertExports(
                plan(ImageHome.CONTAINERD, request().push(true).load(true)),
                true,
                export("moby", Map.of("name", "r.example/app:1", "push", "true")));
        assertExports(
                plan(ImageHome.STANDALONE, request().push(true).load(true)),
                true,
                export("image", PUSHED),
                new PlannedExport("docker", NAMED, new BuildOutput("docker", null, Map.of())));
    }

    @Test
    void outputsReplaceTheEnginesImages() throws Exception {
        BuildOutput local = BuildOutput.parse("out");
        for (ImageHome home : ImageHome.values()) {
            assertExports(plan(home, request("out")), false, new PlannedExport("local", Map.of(), local));
            assertExports(plan(home, request("type=cacheonly")), false);
            assertExports(plan(home, request().load(false)), false);
            assertExports(plan(home, request().push(true).call(Call.CHECK)), false);
        }
        assertExports(
                plan(ImageHome.CONTAINERD, request("out", "type=docker")),
                true,
                new PlannedExport("local", Map.of(), local),
                export("moby", NAMED));
    }

    @Test
    void aPushIsAddedToTheOutputThatIsAnImage() throws Exception {
        assertExports(
                plan(
                        ImageHome.CONTAINERD,
                        request("type=image,compression=zstd").push(true)),
                true,
                export("moby", Map.of("name", "r.example/app:1", "push", "true", "compression", "zstd")));
        assertExports(
                plan(
                        ImageHome.CONTAINERD,
                        request("type=registry,name=other.example/x").push(true)),
                false,
                export("image", Map.of("name", "other.example/x:latest", "push", "true", "store", "false")),
                export("image", PUSHED));
    }

    @Test
    void onlyRegistriesWithoutTlsAreSpokenToWithoutTls() throws Exception {
        RegistryEntry plain =
                new RegistryEntry("p", RegistryAddress.parse("plain.example:5000"), null, null, true, false, false);
        BuildRequest.Builder request = request()
                .tags(List.of(ImageReference.parse("plain.example:5000/app:1")))
                .push(true);

        assertExports(
                plan(ImageHome.CONTAINERD, request, plain),
                false,
                export("image", PUSHED),
                export(
                        "image",
                        Map.of(
                                "name", "plain.example:5000/app:1",
                                "push", "true",
                                "store", "false",
                                "registry.insecure", "true")));
    }

    @Test
    void severalAccountsAtOneRegistryAreTheEnginesBusiness() throws Exception {
        RegistryAddress address = RegistryAddress.parse("r.example");
        RegistryEntry app = new RegistryEntry("a", address, "app", "one", false, false, false);
        RegistryEntry team = new RegistryEntry("b", address, "team", "two", false, false, false);
        BuildRequest.Builder request = request("type=oci,dest=x.tar")
                .tags(List.of(ImageReference.parse("r.example/team/app:1")))
                .push(true);

        ExportPlan plan = plan(ImageHome.CONTAINERD, request, app, team);

        assertThat(plan.inDaemon()).isTrue();
        assertThat(plan.pushed()).isEmpty();
        assertThat(plan.exports()).extracting(PlannedExport::type).containsExactly("oci", "moby");
        assertThatThrownBy(() -> plan(ImageHome.STANDALONE, request, app, team))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("different logins at one registry");
    }

    @Test
    void whatIsPushedPastTheDaemonComesHere() throws Exception {
        List<ImageReference> names = List.of(ImageReference.parse("r.example/app:1"));
        PlannedExport sent = new PlannedExport("oci", Map.of(), null, names);

        for (ImageHome home : List.of(ImageHome.CONTAINERD, ImageHome.STANDALONE)) {
            ExportPlan plan = plan(home, request().push(true).via(PushVia.AGENT));
            assertExports(plan, false, sent);
            assertThat(plan.pushed()).isEmpty();
        }
        assertExports(
                plan(ImageHome.CONTAINERD, request().push(true).load(true).via(PushVia.AGENT)),
                true,
                export("moby", NAMED));
        assertExports(
                plan(
                        ImageHome.CONTAINERD,
                        request("type=registry,name=other.example/x:1,compression=zstd,unpack=true")
                                .via(PushVia.AGENT)),
                false,
                new PlannedExport(
                        "oci",
                        Map.of("compression", "zstd"),
                        null,
                        List.of(ImageReference.parse("other.example/x:1"))));
        assertExports(plan(ImageHome.CLASSIC, request().push(true).via(PushVia.AGENT)), true, export("moby", NAMED));
        assertThatThrownBy(() -> plan(
                        ImageHome.STANDALONE,
                        request("type=registry,name=r.example/app,push-by-digest=true")
                                .via(PushVia.AGENT)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("push-by-digest")
                .hasMessageContaining("or leave via out");
    }

    @Test
    void annotationsGoWithEveryImage() throws Exception {
        ExportPlan plan = plan(
                ImageHome.CONTAINERD,
                request("type=oci,dest=x.tar", "out", "type=image")
                        .annotations(List.of(
                                Annotation.parse("k=v"),
                                Annotation.parse("index,manifest-descriptor[linux/arm64]:x=y"))));

        assertThat(plan.exports()).extracting(PlannedExport::type).containsExactly("oci", "local", "moby");
        for (int i : List.of(0, 2)) {
            assertThat(plan.exports().get(i).attributes())
                    .containsEntry("annotation-manifest.k", "v")
                    .containsEntry("annotation-index.x", "y")
                    .containsEntry("annotation-manifest-descriptor[linux/arm64].x", "y");
        }
        assertThat(plan.exports().get(1).attributes()).isEmpty();
    }

    @Test
    void annotationsThatNobodyAskedForGoWhereTheyCan() throws Exception {
        List<Annotation> implied = List.of(Annotation.parse("k=implied"), Annotation.parse("a=b"));

        PlannedExport pushed = plan(
                        ImageHome.CONTAINERD,
                        request("type=image")
                                .impliedAnnotations(implied)
                                .annotations(List.of(Annotation.parse("k=given"))))
                .exports()
                .get(0);
        assertThat(pushed.attributes())
                .containsEntry("annotation-manifest.k", "given")
                .containsEntry("annotation-manifest.a", "b");
        for (ExportPlan plan : List.of(
                plan(ImageHome.CLASSIC, request().impliedAnnotations(implied)),
                plan(ImageHome.STANDALONE, request().impliedAnnotations(implied)),
                plan(ImageHome.CONTAINERD, request("out").impliedAnnotations(implied)),
                plan(
                        ImageHome.CONTAINERD,
                        request("type=image,oci-mediatypes=false").impliedAnnotations(implied)))) {
            assertThat(plan.exports())
                    .allSatisfy(export ->
                            assertThat(export.attributes().keySet()).noneMatch(name -> name.startsWith("annotation-")));
        }
    }

    @Test
    void timestampsAreNotRewrittenByTheExporterThatCannot() throws Exception {
        assertExports(
                plan(ImageHome.CONTAINERD, request("type=image,rewrite-timestamp=true")),
                true,
                export(
                        "image",
                        Map.of(
                                "name", "r.example/app:1",
                                "rewrite-timestamp", "true",
                                "dangling-name-prefix", "moby-dangling")));
    }

    @Test
    void whatABuilderOfItsOwnCannotLoadIsRefused() {
        List<Platform> two = List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));

        assertThatThrownBy(() -> plan(ImageHome.STANDALONE, request().platforms(two)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Push it, or write it with outputs type=oci");
        assertThatThrownBy(() -> plan(ImageHome.STANDALONE, request("type=oci,dest=x,tar=false")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("unpack the archive");
        assertThatThrownBy(() -> plan(ImageHome.STANDALONE, request("type=local,dest=x,mode=delete")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Remove the directory before the build");
    }
}
