package io.jenkins.plugins.containerbuild.console;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.Map;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What people see on the console's page of a build whose engine runs on an agent. */
@WithJenkins
@WithEngine
class ConsoleIT {

    @Test
    void marksStepsAndFailuresAndLeavesThePlainLogAlone(JenkinsRule jenkins, TestEngine engine) throws Exception {
        JenkinsKit.useEngine(jenkins.jenkins, engine, Map.of("DOCKER_BUILDKIT", "1"));
        jenkins.createOnlineSlave(hudson.model.Label.get("remote"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node('remote') { writeFile file: 'Dockerfile', text: 'FROM base:1\\nRUN echo \"<i>out</i>\"; sleep 1.2\\n"
                        + "RUN echo \"<b>bad</b>\"; exit 3'\ncontainerBuild() }",
                true));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage page = client.getPage(run, "console");
        String plain = client.goTo(run.getUrl() + "consoleText", "text/plain")
                .getWebResponse()
                .getContentAsString();

        DomElement failed = page.getFirstByXPath("//span[contains(@class, 'jenkins-!-error-color')]");
        assertThat(failed.getTextContent())
                .startsWith("[3/3] RUN echo \"<b>bad</b>\"")
                .contains("FAILED after");
        HtmlAnchor row = page.getFirstByXPath("//a[starts-with(text(), '[2/3] RUN echo')][contains(@href, '-end')]");
        DomElement ended = page.getElementById(row.getHrefAttribute().substring(1));
        assertThat(ended.getTextContent()).startsWith("[2/3] RUN echo \"<i>out</i>\"; sleep 1.2  ");
        HtmlAnchor toStart = (HtmlAnchor) ended.getFirstElementChild();
        assertThat(page.getElementById(toStart.getHrefAttribute().substring(1)).getTextContent())
                .isEqualTo("[2/3] RUN echo \"<i>out</i>\"; sleep 1.2");
        assertThat(plain)
                .contains("\n[2/3] RUN echo \"<i>out</i>\"; sleep 1.2\n<i>out</i>\n[2/3] RUN echo")
                .doesNotContain("container-build-")
                .doesNotContain("\u001b");
    }
}
