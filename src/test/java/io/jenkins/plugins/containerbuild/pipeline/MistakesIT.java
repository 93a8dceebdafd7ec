package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.OwnedThings;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Mistakes in Pipelines are told in one message. One Jenkins for all, since every one has a job of its own and nothing of
 * it is set up otherwise in between.
 */
@WithJenkins
@WithEngine
class MistakesIT {

    private static JenkinsRule jenkins;

    private TestEngine engine;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void findTheEngine(TestEngine testEngine) throws Exception {
        engine = testEngine;
        JenkinsKit.useEngine(jenkins.jenkins, testEngine, Map.of());
    }

    @AfterEach
    void clearAway() {
        OwnedThings.volumes(engine)
                .forEach(name -> engine.client().removeVolumeCmd(name).exec());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "containerBuild(tgs: ['a'])|containerBuild has no option 'tgs'. Did you mean 'tags'?",
                "containerBuild(tags: [1: 2])|containerBuild: the option 'tags' takes a list of texts",
                "containerBuild(buildArgs: 'A=1')|the option 'buildArgs' takes a map of texts",
                "containerBuild(push: 'perhaps')|the option 'push' takes true or false",
                "containerBuild 'app:1'|containerBuild takes options by name",
                "containerPush(tags: ['a'])|containerPush needs the option 'image'",
                "containerMerge(tags: ['a'])|containerMerge needs the option 'sources'",
                "containerMerge(sources: [], tags: ['a'])|the option 'sources' is empty",
                "containerMerge(sources: ['a'])|the option 'tags' is empty",
                "containerMerge(sources: ['a'], tags: ['b'], server: 'c')|containerMerge has no option 'server'",
                "containerMerge(sources: ['team/UPPER'], tags: ['a'])|could not read an image name",
                "containerMerge(sources: ['a'], tags: ['b'], annotations: ['manifest:c=d'])|there is no other level than index",
                "containerCopy(to: ['a'])|containerCopy needs the option 'from'",
                "containerCopy(from: '', to: ['a'])|the option 'from' is empty",
                "containerCopy(from: 'a')|the option 'to' is empty",
                "containerCopy(from: 'a', to: [1: 2])|the option 'to' takes a list of texts",
                "containerCopy(from: 'a', to: ['127.0.0.1:1/b@sha256:' + 'ab' * 32])|cannot be chosen",
                "containerInspect(platform: 'linux/arm64')|containerInspect needs the option 'image'",
                "containerInspect(image: '')|the option 'image' is empty",
                "containerInspect(image: 'a', platform: 'arm64')|write linux/arm64",
                "containerImages(filter: '*')|containerImages needs the option 'repository'",
                "containerImages(repository: ' ')|the option 'repository' is empty",
                "containerImages(repository: 'a:1')|Leave out tag and digest",
                "containerImages(repository: 'a', filter: 'b c')|Invalid pattern",
                "containerDelete(image: '')|the option 'image' is empty",
                "containerDelete(image: 'a')|administrators have not allowed builds to delete images",
                "containerTags(rules: ['type=ref,event=brnch'])|there is no event=brnch. Did you mean 'branch'?",
                "containerTags(image: 'team/app:1', rules: ['type=raw,value=a'])|it has a tag or a digest already",
                "containerBuild(tagRules: ['type=raw,value=a'])|there is no image that they are for",
                "containerBuild(tags: ['team/UPPER'])|could not read an image name",
                "containerBuild(tags: ['-app'])|could not read an image name",
                "containerBuild(tags: ['app:' + 'a' * 10000])|could not read an image name",
                "containerBuild(context: 'missing')|missing",
                "containerBuild(context: '../..')|workspace",
                "containerBuild(context: '/etc')|/etc",
                "containerBuild(file: 'no/Dockerfile')|no/Dockerfile",
                "containerBuild(registry: 'nowhere')|could not use the registry 'nowhere'",
                "containerBuild(server: 'nowhere')|nowhere",
                "containerBuild(platforms: ['amd64'])|write linux/amd64",
                "containerBuild(platform: 'linux/amd64')|has no option 'platform'. Did you mean 'platforms'?",
                "containerBuild(outputs: ['type=zip,dest=a'])|there is no type 'zip'",
                "containerBuild(cacheTo: ['type=registry'])|the type registry needs a ref",
                "containerBuild(annotations: ['title'])|it is not key=value",
                "containerBuild(provenance: 'max')|the option provenance with 'max'",
                "containerBuild(allow: ['network.all'])|there is no such entitlement",
                "containerBuild(call: 'lint')|Write build, check, outline or targets",
                "containerBuild(progress: 'tty')|Write plain, compact, quiet or rawjson",
                "containerBuild(load: 'perhaps')|the option 'load' takes true or false",
                "containerBuild(secretEnvs: [token: ''])|the value of 'token' is empty",
                "containerBuild(secretFiles: [a: 'x'], secretEnvs: [a: 'Y'])|the secret 'a' is given twice",
                "containerBuild(shmSize: 'much')|could not read the size 'much'",
                "containerBuild(ulimits: ['nofile'])|could not read the ulimit 'nofile'",
                "containerBuild(push: true)|it is to be pushed, but has no tags",
                "containerBuild(push: true, via: 'pigeon')|Write one of: engine, agent",
                "containerTag(image: 'base:1', tags: [])|the option 'tags' is empty",
                "containerPush(image: 'sha256:' + 'ab' * 32)|an id alone does not say where to push",
                "containerPush(image: 'no/such:1')|no/such:1",
                "containerPush(image: 'no/such:1', via: 'pigeon')|Write one of: engine, agent",
                "containerPull(image: '')|the option 'image' is empty"
            })
    void ofStepsAboutImages(String call, String message) throws Exception {
        String log = failure("node { writeFile file: 'Dockerfile', text: 'FROM base:1'; " + call + " }");

        assertThat(log).containsOnlyOnce("ERROR: ").contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "withContainer(image: 'base:1', command: ['sh', '-c', 'echo why; exit 3'], waitFor: 'log:never') { }|its process ended with exit code 3",
                "withContainer(image: 'base:1', waitFor: 'soon') { }|could not read the option waitFor with 'soon'",
                "withContainer(image: 'base:1', ports: ['http']) { }|could not read the port 'http'",
                "withContainer(image: 'base:1', volumes: ['/etc:/x']) { }|which is outside the workspace",
                "withContainer(image: 'base:1', volumes: ['../..:/x']) { }|which is outside the workspace",
                "withContainer(image: 'base:1', aliases: ['db']) { }|Put it into withContainerNetwork",
                "withContainer(image: 'missing:1', pull: 'never') { }|has no such image",
                "withContainer(image: '') { }|the option 'image' is empty",
                "withContainer(imag: 'a') { }|has no option 'imag'. Did you mean 'image'?",
                "withContainerNetwork(driver: 'none-such') { }|Use the driver bridge",
                "withContainerNetwork(name: 'a b') { }|could not use 'a b' as a network's name",
                "insideContainer(image: 'base:1', command: ['x']) { }|there is withContainer",
                "insideContainer(image: 'base:1') { sh 'true' }|lacks what shell steps need: sh, nohup",
                "containerRun(image: 'base:1', command: ['no-such'])|Check the command",
                "containerRun(image: 'base:1', command: ['sleep', '60'], timeLimit: '1s')|did not end within 1.0 seconds",
                "containerRun(image: 'base:1', command: ['sh', '-c', 'exit 9'])|exit code 9",
                "containerRun(image: 'base:1', command: ['true'], outputFile: '../x')|outside the workspace",
                "containerExec(container: 'no-such', command: ['x'])|has no container no-such",
                "containerLogs(container: 'no-such')|has no container no-such",
            })
    void ofStepsAboutContainers(String step, String words) throws Exception {
        String log = failure("node { " + step + " }");

        assertThat(log).contains(words);
        assertThat(log.lines().filter(line -> line.startsWith("ERROR: "))).hasSize(1);
        OwnedThings.assertNoContainersOrNetworks(engine);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "containerVolume(name: 'driven', driver: 'no-such-driver')|no-such-driver",
                "containerVolume(name: 'etc', driverOpts: [type: 'none', o: 'bind', device: '/etc'])|host paths are not allowed",
                "containerVolume(driverOpts: [type: 'ext4', device: '/dev/vda1'])|a volume that is at /dev/vda1 of the daemon's host",
                "withContainerVolume(driverOpts: [o: ' ro, rbind', device: '/var/../etc']) { }|host paths are not allowed",
                "containerVolume(name: 'a b')|could not use 'a b' as a volume's name",
                "containerVolume(name: '../up')|could not use '../up' as a volume's name",
                "containerVolume(nme: 'a')|has no option 'nme'. Did you mean 'name'?",
                "containerVolume(name: 'there', driver: 'nfs')|there is one of this name with the driver local, not nfs",
                "containerVolume(name: 'owned', owner: 'me')|me",
                "containerVolume(name: 'scoped', scope: 'forever')|could not read the scope 'forever'",
                "containerVolume(name: 'aged', maxAge: 'soon')|could not read the option maxAge with 'soon'",
                "containerVolume(labels: ['a'])|the option 'labels' takes a map of texts",
                "containerVolume(labels: ['io.jenkins.plugins.containerbuild.job': 'x'])|labels of this name say whose a thing is",
                "containerVolumeRemove(names: [])|the option 'names' is empty",
                "containerVolumeRemove(names: ['never-made'])|could not remove the volume never-made",
                "containerVolumePrune(keepBytes: 'much')|could not read the size 'much'",
                "containerVolumeCopy(from: 'missing', to: 'there:/')|missing",
                "containerVolumeCopy(from: 'there:/missing', to: 'out/')|/missing",
                "containerVolumeCopy(from: '.', to: 'never-made:/')|never-made",
                "containerVolumeCopy(from: '../..', to: 'there:/')|outside the workspace",
                "containerVolumeCopy(from: '/etc/passwd', to: 'there:/')|outside the workspace",
                "containerVolumeCopy(from: 'link/passwd', to: 'there:/')|outside the workspace",
                "containerVolumeCopy(from: 'there:/', to: 'link/')|outside the workspace",
                "containerVolumeCopy(from: 'there:/', to: '../../out/')|outside the workspace",
                "containerVolumeCopy(from: 'a', to: 'b')|neither is in a volume",
                "containerVolumeCopy(from: 'there:/', to: '')|the option 'to' is empty",
                "containerVolumeArchive(name: 'there', file: '../../x.tgz')|outside the workspace",
                "containerVolumeRestore(name: 'there', file: 'missing.tgz')|missing.tgz",
                "containerVolumeRestore(name: 'there', file: 'no-archive')|no-archive",
            })
    void ofStepsAboutVolumes(String step, String words) throws Exception {
        engine.client()
                .createVolumeCmd()
                .withName("there")
                .withLabels(Map.of(Ownership.CONTROLLER, "a test"))
                .exec();
        String log =
                failure("node { sh 'ln -sfn /etc link'; writeFile file: 'no-archive', text: 'a text'\n" + step + " }");

        assertThat(log).contains(words);
        assertThat(log.lines().filter(line -> line.startsWith("ERROR: "))).hasSize(1);
        assertThat(OwnedThings.volumes(engine)).containsExactly("there");
    }

    /** The log of a build that fails. */
    private static String failure(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return JenkinsKit.plainLog(jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }
}
