package io.jenkins.plugins.containerbuild.registries;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Descriptor;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/**
 * Finds every web method by itself, so that a new one is checked without anybody thinking of it. Needs Jenkins.
 */
@WithJenkins
class WebMethodsIT {

    private static final String SECRET_ID = "credentials-that-nobody-may-know-of";

    /** Parameters that would do most harm: the address is this Jenkins itself, so that a contact would show. */
    private static List<NameValuePair> parameters(URL jenkins) {
        String address = jenkins.getHost() + ":" + jenkins.getPort();
        return List.of(
                new NameValuePair("id", "x"),
                new NameValuePair("name", "x"),
                new NameValuePair("value", "a wrong value"),
                new NameValuePair("address", address),
                new NameValuePair("uri", "tcp://" + address),
                new NameValuePair("uris", "tcp://" + address),
                new NameValuePair("credentialsId", SECRET_ID),
                new NameValuePair("clientCertificateId", SECRET_ID),
                new NameValuePair("proxyCredentialsId", SECRET_ID),
                new NameValuePair("helperServer", SECRET_ID),
                new NameValuePair("plainHttp", "true"),
                new NameValuePair("skipTlsVerify", "true"));
    }

    private static List<JavaMethod> webMethods(String packageName) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(packageName).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> !method.getModifiers().contains(JavaModifier.BRIDGE))
                        .filter(method -> method.getName().matches("do[A-Z].*"))
                        .toList();
    }

    private static String url(JavaMethod method) throws ClassNotFoundException {
        Class<?> owner = Class.forName(method.getOwner().getName());
        String name = method.getName().substring(2, 3).toLowerCase(Locale.ROOT)
                + method.getName().substring(3);
        if (owner == ContainerBuildsLink.class) {
            return "manage/" + ContainerBuildsConfiguration.NAME + "/" + name;
        }
        Descriptor<?> descriptor =
                (Descriptor<?>) Jenkins.get().getExtensionList(owner).get(0);
        return descriptor.getDescriptorUrl() + "/" + name;
    }

    private static WebResponse call(
            JenkinsRule jenkins, JenkinsRule.WebClient client, JavaMethod method, HttpMethod verb) throws Exception {
        URL target =
                verb == HttpMethod.POST ? client.createCrumbedUrl(url(method)) : new URL(jenkins.getURL(), url(method));
        WebRequest request = new WebRequest(target, verb);
        if (verb == HttpMethod.POST) {
            request.setRequestParameters(parameters(jenkins.getURL()));
        }
        client.setThrowExceptionOnFailingStatusCode(false);
        return client.loadWebResponse(request);
    }

    private static JenkinsRule.WebClient reader(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "another-secret-id", null, "someone", "something long enough"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        return jenkins.createWebClient().login("reader");
    }

    @Test
    void everyWebMethodOfThePluginWantsPost() {
        List<JavaMethod> methods = webMethods("io.jenkins.plugins.containerbuild");
        assertThat(methods)
                .hasSizeGreaterThan(10)
                .allSatisfy(method -> assertThat(
                                method.isAnnotatedWith(POST.class) || method.isAnnotatedWith(RequirePOST.class))
                        .as(method.getFullName())
                        .isTrue());
    }

    @Test
    void everyWebMethodOfThePageRefusesGet(JenkinsRule jenkins) throws Exception {
        reader(jenkins);
        JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin");
        for (JavaMethod method : webMethods("io.jenkins.plugins.containerbuild.registries")) {
            assertThat(call(jenkins, admin, method, HttpMethod.GET).getStatusCode())
                    .as(method.getFullName())
                    .isIn(404, 405);
        }
    }

    @Test
    void noWebMethodOfThePageTellsAReaderAnything(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient reader = reader(jenkins);
        for (JavaMethod method : webMethods("io.jenkins.plugins.containerbuild.registries")) {
            WebResponse answer = call(jenkins, reader, method, HttpMethod.POST);
            String name = method.getName();
            String body = answer.getContentAsString();
            if (name.startsWith("doCheck")) {
                assertThat(body).as(name).isEqualTo("<div/>");
            } else if (name.startsWith("doFill")) {
                assertThat(body).as(name).contains(SECRET_ID).doesNotContain("another-secret-id");
            } else {
                assertThat(answer.getStatusCode()).as(name).isEqualTo(403);
            }
        }
    }

    @Test
    void everyWebMethodOfThePageAnswersAnAdministrator(JenkinsRule jenkins) throws Exception {
        reader(jenkins);
        JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin");
        for (JavaMethod method : webMethods("io.jenkins.plugins.containerbuild.registries")) {
            if (!method.getName().equals("doConfigSubmit")) {
                assertThat(call(jenkins, admin, method, HttpMethod.POST).getStatusCode())
                        .as(method.getFullName())
                        .isEqualTo(200);
            }
        }
    }
}
