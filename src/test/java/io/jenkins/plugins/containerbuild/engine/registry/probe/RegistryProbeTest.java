package io.jenkins.plugins.containerbuild.engine.registry.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryTransport;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegistryProbeTest {

    private static final RegistryCredentials ALICE = RegistryCredentials.password("alice", Secret.of("s3cret:word"));
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("alice:s3cret:word".getBytes(StandardCharsets.UTF_8));

    private final RegistryProbe probe = new RegistryProbe(CredentialsSource.ANONYMOUS);

    private static void api(HttpExchange exchange, int status, String body) throws IOException {
        FakeRegistry.send(
                exchange,
                status,
                Map.of("Docker-Distribution-Api-Version", "registry/2.0", "Content-Type", "application/json"),
                body);
    }

    private static FakeRegistry alwaysAnswering(int status, String contentType, String body) throws IOException {
        return FakeRegistry.plain(e -> FakeRegistry.send(e, status, Map.of("Content-Type", contentType), body));
    }

    /** A registry with a token service on the same host, which lets in alice alone. */
    private static void withTokens(HttpExchange exchange, String realmHost) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (exchange.getRequestURI().getPath().equals("/token")) {
            boolean known = BASIC.equals(authorization);
            api(exchange, known ? 200 : 401, known ? "{\"token\":\"abc.def\"}" : "{\"details\":\"bad login\"}");
        } else if ("Bearer abc.def".equals(authorization)) {
            api(exchange, exchange.getRequestURI().getPath().contains("forbidden") ? 403 : 200, "{}");
        } else {
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            "Bearer realm=\"http://" + realmHost + "/token\",service=\"registry, the best\"");
            api(exchange, 401, "{}");
        }
    }

    private static FakeRegistry tokenRegistry() throws IOException {
        return FakeRegistry.plain(
                e -> withTokens(e, "127.0.0.1:" + e.getLocalAddress().getPort()));
    }

    @Test
    void findsARegistryThatWantsNoLogin() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(e -> api(e, 200, "{}"))) {
            ProbeResult result = probe.probe(registry.plainEntry(), null);
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.OK);
            assertThat(result.message()).contains(registry.host(), "no login");
            assertThat(result.ok()).isTrue();
        }
    }

    @Test
    void saysThatCredentialsWentUntestedWhereNobodyAsksForThem() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(e -> api(e, 200, "{}"))) {
            assertThat(probe.probe(registry.plainEntry(), ALICE).message())
                    .contains("the credentials could not be tried out");
            assertThat(registry.authorizations()).containsOnly("");
        }
    }

    @Test
    void logsInThroughATokenService() throws Exception {
        try (FakeRegistry registry = tokenRegistry()) {
            ProbeResult result = probe.probe(registry.plainEntry(), ALICE);
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.OK);
            assertThat(result.message()).contains("as alice");
            assertThat(registry.requests().get(1))
                    .startsWith("GET /token?")
                    .contains("service=registry%2C%20the%20best", "account=alice")
                    .doesNotContain("scope");
        }
    }

    @Test
    void asksForOneRepositoryWhereOneIsGiven() throws Exception {
        try (FakeRegistry registry = tokenRegistry()) {
            assertThat(probe.probe(registry.plainEntry(), ALICE, "team/app").message())
                    .contains("the repository team/app may be read");
            assertThat(registry.requests().get(1)).contains("scope=repository%3Ateam%2Fapp%3Apull%2Cpush");
            assertThat(registry.requests().get(3)).isEqualTo("GET /v2/team/app/tags/list?n=1");
        }
    }

    @Test
    void reportsARepositoryThatMayNotBeRead() throws Exception {
        try (FakeRegistry registry = tokenRegistry()) {
            assertThat(probe.probe(registry.plainEntry(), ALICE, "forbidden/app")
                            .verdict())
                    .isEqualTo(Verdict.NOT_ALLOWED);
        }
    }

    @Test
    void refusesAnImpossibleRepositoryBeforeContactingAnybody() throws Exception {
        try (FakeRegistry registry = tokenRegistry()) {
            assertThatThrownBy(() -> probe.probe(registry.plainEntry(), ALICE, "Team/../app"))
                    .isInstanceOf(InvalidRequestException.class);
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void tellsWrongCredentialsOfATokenService() throws Exception {
        try (FakeRegistry registry = tokenRegistry()) {
            ProbeResult result =
                    probe.probe(registry.plainEntry(), RegistryCredentials.password("alice", Secret.of("wrong")));
            assertThat(result.verdict()).isEqualTo(Verdict.WRONG_CREDENTIALS);
            assertThat(result.message())
                    .contains("'alice'", "'fake-login'", "bad login")
                    .doesNotContain("wrong\"");
        }
    }

    @Test
    void tellsThatNobodyGetsInWithoutALogin() throws Exception {
        try (FakeRegistry registry = tokenRegistry()) {
            ProbeResult result = probe.probe(registry.plainEntry(), null);
            assertThat(result.verdict()).isEqualTo(Verdict.NOT_ALLOWED);
            assertThat(result.advice()).isEqualTo("Choose credentials for it");
        }
    }

    @Test
    void exchangesAnIdentityToken() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(e -> {
            if (e.getRequestMethod().equals("POST")) {
                String form = new String(e.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                boolean known = form.contains("grant_type=refresh_token") && form.contains("refresh_token=idt");
                api(e, known ? 200 : 400, "{\"access_token\":\"abc.def\"}");
            } else {
                withTokens(e, "127.0.0.1:" + e.getLocalAddress().getPort());
            }
        })) {
            assertThat(probe.probe(registry.plainEntry(), new RegistryCredentials("", Secret.of("idt"), true))
                            .verdict())
                    .isEqualTo(Verdict.OK);
            assertThat(probe.probe(registry.plainEntry(), new RegistryCredentials("", Secret.of("old"), true))
                            .verdict())
                    .isEqualTo(Verdict.WRONG_CREDENTIALS);
        }
    }

    @Test
    void neverSendsAPasswordOverPlainHttpToAnotherHost() throws Exception {
        try (FakeRegistry thief = FakeRegistry.plain(e -> api(e, 200, "{\"token\":\"x\"}"));
                FakeRegistry registry =
                        FakeRegistry.plain(e -> withTokens(e, thief.host().replace("127.0.0.1", "localhost")))) {
            ProbeResult result = probe.probe(registry.plainEntry(), ALICE);
            assertThat(result.verdict()).isEqualTo(Verdict.SERVER_ERROR);
            assertThat(result.message()).contains("plain HTTP to another host", "localhost");
            assertThat(thief.requests()).isEmpty();
        }
    }

    @Test
    void neverLeavesTlsForALogin() throws Exception {
        try (FakeRegistry thief = FakeRegistry.plain(e -> api(e, 200, "{\"token\":\"x\"}"));
                FakeRegistry registry =
                        FakeRegistry.tls(TestCertificate.context("127.0.0.1"), e -> withTokens(e, thief.host()))) {
            ProbeResult result = probe.probe(registry.entry(false, true), ALICE);
            assertThat(result.verdict()).isEqualTo(Verdict.SERVER_ERROR);
            assertThat(result.message()).contains("plain HTTP", "does not allow");
            assertThat(thief.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"file:///etc/passwd\"",
                "Bearer realm=\"unix:///var/run/docker.sock\"",
                "Bearer realm=\"http://user:pass@127.0.0.1/\"",
                "Bearer realm=\"//127.0.0.1/x\"",
                "Bearer realm=\"\"",
                "Bearer service=x",
                "Bearer realm=\"http:///x\""
            })
    void refusesImpossibleTokenServices(String challenge) throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(e -> {
            e.getResponseHeaders().add("WWW-Authenticate", challenge);
            api(e, 401, "");
        })) {
            ProbeResult result = probe.probe(registry.plainEntry(), ALICE);
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.SERVER_ERROR);
            assertThat(registry.requests()).hasSize(1);
        }
    }

    @Test
    void followsNoRedirectOfATokenService() throws Exception {
        try (FakeRegistry thief = FakeRegistry.plain(e -> api(e, 200, "{\"token\":\"x\"}"));
                FakeRegistry registry = FakeRegistry.plain(e -> {
                    if (e.getRequestURI().getPath().equals("/token")) {
                        FakeRegistry.send(e, 302, Map.of("Location", "http://" + thief.host() + "/"), "");
                    } else {
                        withTokens(e, "127.0.0.1:" + e.getLocalAddress().getPort());
                    }
                })) {
            assertThat(probe.probe(registry.plainEntry(), ALICE).verdict()).isEqualTo(Verdict.SERVER_ERROR);
            assertThat(thief.requests()).isEmpty();
        }
    }

    @Test
    void takesNoTokenThatWouldBreakOutOfItsHeader() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(e -> {
            if (e.getRequestURI().getPath().equals("/token")) {
                api(e, 200, "{\"token\":\"a\\r\\nX-Evil: 1\"}");
            } else {
                withTokens(e, "127.0.0.1:" + e.getLocalAddress().getPort());
            }
        })) {
            ProbeResult result = probe.probe(registry.plainEntry(), ALICE);
            assertThat(result.message()).contains("without a token");
            assertThat(registry.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <html>Nexus</html>",
        "200, text/plain, hello",
        "404, text/html, <html>gone</html>",
        "404, application/json, {}",
        "204, text/plain, ''",
        "418, text/plain, teapot"
    })
    void tellsWhatIsNoRegistry(int status, String contentType, String body) throws Exception {
        try (FakeRegistry server = alwaysAnswering(status, contentType, body)) {
            ProbeResult result = probe.probe(server.plainEntry(), ALICE);
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.NOT_A_REGISTRY);
            assertThat(server.authorizations()).containsOnly("");
        }
    }

    @Test
    void takesALoginPageForNoRegistry() throws Exception {
        try (FakeRegistry server =
                FakeRegistry.plain(e -> FakeRegistry.send(e, 302, Map.of("Location", "/login?<script>\u0007"), ""))) {
            ProbeResult result = probe.probe(server.plainEntry(), ALICE);
            assertThat(result.verdict()).isEqualTo(Verdict.NOT_A_REGISTRY);
            assertThat(result.message()).doesNotContain("\u0007");
        }
    }

    @Test
    void takesA401WithoutAKnownChallengeForNoRegistry() throws Exception {
        try (FakeRegistry server =
                FakeRegistry.plain(e -> FakeRegistry.send(e, 401, Map.of("WWW-Authenticate", "Negotiate"), ""))) {
            assertThat(probe.probe(server.plainEntry(), ALICE).verdict()).isEqualTo(Verdict.NOT_A_REGISTRY);
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503"})
    void tellsThatTheRegistryIsOutOfOrder(int status) throws Exception {
        try (FakeRegistry server = alwaysAnswering(status, "text/html", "<html>secret banner</html>")) {
            ProbeResult result = probe.probe(server.plainEntry(), null);
            assertThat(result.verdict()).isEqualTo(Verdict.SERVER_ERROR);
            assertThat(result.message()).contains("status " + status).doesNotContain("banner");
        }
    }

    @Test
    void tellsOfARateLimitAndWhenToComeBack() throws Exception {
        try (FakeRegistry server = FakeRegistry.plain(e -> FakeRegistry.send(
                e,
                429,
                Map.of("Retry-After", "17", "Content-Type", "application/json"),
                "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\"}]}"))) {
            ProbeResult result = probe.probe(server.plainEntry(), null);
            assertThat(result.verdict()).isEqualTo(Verdict.RATE_LIMITED);
            assertThat(result.message()).contains("slow down", "in 17 seconds", "log in");
        }
    }

    @Test
    void tellsOfARefusal() throws Exception {
        try (FakeRegistry server = alwaysAnswering(
                403, "application/json", "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"not from here\"}]}")) {
            ProbeResult result = probe.probe(server.plainEntry(), ALICE);
            assertThat(result.verdict()).isEqualTo(Verdict.NOT_ALLOWED);
            assertThat(result.message()).contains("'alice'", "not from here");
        }
    }

    @Test
    void quotesNoMoreThanAShortPrintableLineOfTheServer() throws Exception {
        String message = "a\\u001b[31m\\n" + "x".repeat(1000);
        try (FakeRegistry server =
                alwaysAnswering(500, "application/json", "{\"errors\":[{\"message\":\"" + message + "\"}]}")) {
            assertThat(probe.probe(server.plainEntry(), null).why())
                    .contains("a?[31m?xxx")
                    .hasSizeLessThan(250);
        }
    }

    @Test
    void tellsAnUnknownHost() throws Exception {
        RegistryEntry entry = RegistryEntry.unconfigured(RegistryAddress.parse("no-such-host.invalid:5000"));
        ProbeResult result = probe.probe(entry, ALICE);
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN_HOST);
        assertThat(result.message()).contains("no-such-host.invalid:5000");
    }

    @Test
    void tellsARefusedConnection() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        RegistryEntry entry = RegistryEntry.unconfigured(RegistryAddress.parse("127.0.0.1:" + free));
        assertThat(probe.probe(entry, null).verdict()).isEqualTo(Verdict.CONNECTION_REFUSED);
    }

    @Test
    void tellsTlsOnAnEntryForPlainHttp() throws Exception {
        try (FakeRegistry registry = FakeRegistry.tls(TestCertificate.context("127.0.0.1"), e -> api(e, 200, "{}"))) {
            ProbeResult result = probe.probe(registry.entry(true, false), ALICE);
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.HTTPS_ON_HTTP);
            assertThat(registry.authorizations()).containsOnly("");
        }
    }

    @Test
    void tellsAPlainServerThatSendsEverybodyToTls() throws Exception {
        try (FakeRegistry server = FakeRegistry.plain(
                e -> FakeRegistry.send(e, 308, Map.of("Location", "https://registry.example/v2/"), ""))) {
            assertThat(probe.probe(server.plainEntry(), null).verdict()).isEqualTo(Verdict.HTTPS_ON_HTTP);
        }
    }

    @Test
    void tellsAnUntrustedCertificate() throws Exception {
        try (FakeRegistry registry = FakeRegistry.tls(TestCertificate.context("127.0.0.1"), e -> api(e, 200, "{}"))) {
            ProbeResult result = probe.probe(registry.entry(false, false), ALICE);
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.UNTRUSTED_CERTIFICATE);
            assertThat(result.advice()).contains("/etc/docker/certs.d/" + registry.host() + "/ca.crt");
            assertThat(probe.probe(registry.entry(false, true), ALICE).verdict())
                    .isEqualTo(Verdict.OK);
        }
    }

    private static RegistryEntry trusting(FakeRegistry registry, TestCertificate certificate) throws Exception {
        return registry.entry(false, false)
                .withTransport(new RegistryTransport(false, false, certificate.pem(), null, null));
    }

    @Test
    void tellsACertificateForAnotherHost() throws Exception {
        TestCertificate certificate = TestCertificate.forHost("127.0.0.2");
        try (FakeRegistry registry = FakeRegistry.tls(certificate.server(), e -> api(e, 200, "{}"))) {
            ProbeResult result = probe.probe(trusting(registry, certificate), null);
            assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.CERTIFICATE_HOST_MISMATCH);
        }
    }

    @Test
    void trustsACertificateOfAKnownAuthority() throws Exception {
        TestCertificate certificate = TestCertificate.forHost("127.0.0.1");
        try (FakeRegistry registry = FakeRegistry.tls(certificate.server(), e -> api(e, 200, "{}"))) {
            assertThat(probe.probe(trusting(registry, certificate), null).verdict())
                    .isEqualTo(Verdict.OK);
        }
    }

    @Test
    void tellsOneThatSpeaksNoHttpAtAll() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread banner = new Thread(() -> {
                try {
                    while (true) {
                        try (Socket socket = server.accept()) {
                            socket.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.UTF_8));
                        }
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            banner.start();
            RegistryAddress address = RegistryAddress.parse("127.0.0.1:" + server.getLocalPort());
            for (boolean plain : new boolean[] {true, false}) {
                ProbeResult result =
                        probe.probe(new RegistryEntry("ssh", address, null, null, plain, false, false), ALICE);
                assertThat(result.verdict()).as(result.message()).isEqualTo(Verdict.NOT_A_REGISTRY);
                assertThat(result.message()).doesNotContain("OpenSSH");
            }
        }
    }

    @Test
    void endsOneThatTricklesForEver() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (FakeRegistry server = FakeRegistry.plain(e -> {
            e.sendResponseHeaders(200, 0);
            try {
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    e.getResponseBody().write(' ');
                    e.getResponseBody().flush();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        })) {
            RegistryProbe impatient = new RegistryProbe(CredentialsSource.ANONYMOUS, Duration.ofSeconds(1));
            assertThat(impatient.probe(server.plainEntry(), null).verdict()).isEqualTo(Verdict.TIMEOUT);
            assertNoThreadLeft();
        } finally {
            over.countDown();
        }
    }

    @Test
    void readsNoMoreThanTheBeginningOfAnEndlessAnswer() throws Exception {
        try (FakeRegistry server = FakeRegistry.plain(e -> {
            e.sendResponseHeaders(200, 0);
            while (true) {
                e.getResponseBody().write(new byte[8192]);
            }
        })) {
            assertThat(probe.probe(server.plainEntry(), null).verdict()).isEqualTo(Verdict.NOT_A_REGISTRY);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsWhenInterrupted(boolean plainHttp) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            RegistryEntry entry = new RegistryEntry(
                    "silent",
                    RegistryAddress.parse("127.0.0.1:" + silent.getLocalPort()),
                    null,
                    null,
                    plainHttp,
                    false,
                    false);
            FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
                try {
                    probe.probe(entry, null);
                    return false;
                } catch (InterruptedException e) {
                    return true;
                }
            });
            Thread caller = new Thread(interrupted);
            caller.start();
            try (Socket asked = silent.accept()) {
                assertThat(asked.getInputStream().read()).isNotNegative();
                caller.interrupt();
                assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
                assertNoThreadLeft();
            }
        }
    }

    private static void assertNoThreadLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("container-build registry test");
    }
}
