package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceRequest;
import io.jenkins.plugins.containerbuild.engine.socket.RepairMeans;
import io.jenkins.plugins.containerbuild.engine.socket.RepairPolicy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Needs Jenkins. */
@WithJenkins
class ConfigurationAsCodeIT extends AbstractRoundTripTest {

    @Override
    protected String configResource() {
        return "casc/full.yaml";
    }

    @Override
    protected String stringInLogExpected() {
        return ".prefix = team";
    }

    @Override
    protected void assertConfiguredAsExpected(JenkinsRule jenkins, String yaml) {
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        assertThat(configuration.getRegistries())
                .extracting(
                        ConfiguredRegistry::getId,
                        ConfiguredRegistry::getAddress,
                        ConfiguredRegistry::getPrefix,
                        ConfiguredRegistry::getCredentialsId,
                        ConfiguredRegistry::isPlainHttp,
                        ConfiguredRegistry::isSkipTlsVerify,
                        ConfiguredRegistry::isDefaultRegistry)
                .containsExactly(
                        tuple("nexus", "registry.example:5000", "team", "nexus-login", false, true, true),
                        tuple("lab", "registry.lab.example:5000", null, null, true, false, false));
        assertThat(configuration.getHostPaths()).containsExactly("/srv/cache");
        assertThat(configuration.isAllowRemoteDelete()).isTrue();
        assertThat(configuration.getProtectedImages()).containsExactly("*:latest");
        assertThat(configuration.getServers())
                .extracting(
                        ConfiguredServer::getName,
                        ConfiguredServer::getUri,
                        ConfiguredServer::getCredentialsId,
                        ConfiguredServer::isDefaultServer)
                .containsExactly(
                        tuple("build-host", "tcp://docker.example:2376", "docker-tls", true),
                        tuple("local", "unix:///var/run/docker.sock", null, false));
    }

    @Test
    void exportsWhatItImported(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configure(getClass().getResource(configResource()).toExternalForm());
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String expected = new String(
                getClass().getResourceAsStream("casc/full-exported.yaml").readAllBytes(), StandardCharsets.UTF_8);
        assertThat(exported.toString(StandardCharsets.UTF_8)).contains(expected);
    }

    @Test
    void refusesWhatContradictsItself(JenkinsRule jenkins) {
        String file = getClass().getResource("casc/two-defaults.yaml").toExternalForm();
        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(file))
                .hasStackTraceContaining("Only one entry can be the default; these all want to be: one, two.");
        assertThat(ContainerBuildsConfiguration.get().getRegistries()).isEmpty();
    }

    @Test
    void importsWhatTheDocumentationShowsOfSockets(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configure(Path.of("src/test/resources/samples/socket-repair.yaml")
                        .toUri()
                        .toString());

        ConfiguredSocketRepair repair = ContainerBuildsConfiguration.get().getSocketRepair();
        assertThat(repair.toPolicy())
                .isEqualTo(new RepairPolicy(List.of(RepairMeans.ACL, RepairMeans.GROUP), false, false, true));
        assertThat(repair.isOnConnect()).isTrue();
        assertThat(repair.isBeforeFirstStep()).isTrue();
        assertThat(repair.isByJobs()).isFalse();
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8)).contains("  socketRepair:\n    acl: true\n");
    }

    @Test
    void importsWhatTheDocumentationShowsOfSpace(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configure(Path.of("src/test/resources/samples/space-budget.yaml")
                        .toUri()
                        .toString());

        ConfiguredSpaceBudget budget = ContainerBuildsConfiguration.get().getSpaceBudget();
        assertThat(budget.toRequest("x", List.of()))
                .isEqualTo(new SpaceRequest("x", 20L << 30, 50L << 30, 100L << 30, List.of()));
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("  spaceBudget:\n    cacheGb: 20\n    imagesGb: 100\n    volumesGb: 50\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000001", "1.5", "many", "99999999999999999999"})
    void tellsOfSpaceThatCannotBe(String text, JenkinsRule jenkins) {
        ConfiguredSpaceBudget.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(ConfiguredSpaceBudget.DescriptorImpl.class);
        assertThat(form.doCheckCacheGb(text).kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckVolumesGb(text).kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckImagesGb(text).kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckVolumesGb("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckVolumesGb("7").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_001})
    void refusesSpaceThatCannotBe(int gigabytes, JenkinsRule jenkins) {
        ConfiguredSpaceBudget budget = new ConfiguredSpaceBudget();
        assertThatThrownBy(() -> budget.setCacheGb(gigabytes)).hasMessageContaining("no whole number");
        assertThatThrownBy(() -> budget.setVolumesGb(gigabytes)).hasMessageContaining("no whole number");
        assertThatThrownBy(() -> budget.setImagesGb(gigabytes)).hasMessageContaining("no whole number");
    }

    @Test
    void importsAndExportsBuilders(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configure(getClass().getResource("casc/builders.yaml").toExternalForm());
        assertThat(ContainerBuildsConfiguration.get().getBuilders())
                .extracting(
                        ConfiguredBuilder::getName,
                        ConfiguredBuilder::getUris,
                        ConfiguredBuilder::getCredentialsId,
                        ConfiguredBuilder::isDefaultBuilder)
                .containsExactly(
                        tuple(
                                "farm",
                                "tcp://builder-1.example:1234\ntcp://builder-2.example:1234",
                                "builder-tls",
                                true),
                        tuple("local", "unix:///run/buildkit/buildkitd.sock", null, false));

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("  builders:", "tcp://builder-2.example:1234", "defaultBuilder: true");
    }
}
