package io.jenkins.plugins.containerbuild.engine.registry;

/** What helps against each kind of trouble with a registry. */
public final class RegistryAdvice {

    private RegistryAdvice() {}

    /**
     * How to make a daemon accept a registry without TLS, with the line for this very address.
     *
     * @param address the registry
     */
    public static String insecureRegistry(RegistryAddress address) {
        return "If the network between is safe, switch on plain HTTP in the registry's entry: pushes then go past the daemon;"
                + " for pulls, add {\"insecure-registries\": [\"" + address.host()
                + "\"]} to /etc/docker/daemon.json on the daemon's host and restart Docker there, which stops its"
                + " containers unless live-restore is on; better give the registry a certificate";
    }

    /**
     * How to make a daemon trust a registry's certificate.
     *
     * @param address the registry
     */
    public static String untrustedCertificate(RegistryAddress address) {
        return "Put the certificate of the authority that signed it into /etc/docker/certs.d/" + address.host()
                + "/ca.crt on the daemon's host; Docker needs no restart for it";
    }

    /**
     * What helps when a base image could not be pulled.
     *
     * @param words what the daemon said
     * @return an empty text when the words are not about a registry
     */
    public static String forBaseImage(String words) {
        return switch (RegistryFailure.of(words).kind()) {
            case UNAUTHORIZED, DENIED -> "Check the base image's name, and configure credentials for its registry";
            case NOT_FOUND -> "Check the base image's name and tag";
            case UNKNOWN_HOST -> "Check the base image's registry and the name resolution on the daemon's host";
            case CONNECTION, SERVER_ERROR, RATE_LIMITED ->
                "The base image's registry could not be reached or did not" + " answer; check it, and build again";
            case HTTP_ON_HTTPS ->
                "The base image's registry speaks plain HTTP: add it to insecure-registries in the"
                        + " daemon's daemon.json";
            case UNTRUSTED_CERTIFICATE ->
                "Put the certificate of the authority that signed the base image's registry"
                        + " into /etc/docker/certs.d/HOST/ca.crt on the daemon's host";
            case PROXY_REFUSAL,
                    CLIENT_CERTIFICATE_WANTED,
                    WEB_PAGE,
                    TOO_FEW_RIGHTS,
                    NO_SPACE,
                    TOO_LARGE,
                    NOT_A_REGISTRY,
                    OTHER -> "";
        };
    }

    /**
     * What helps when the daemon could not do something with a registry.
     *
     * @param what what could not be done
     * @param account the account that was used, or null without a login
     */
    public static RegistryException explain(String what, RegistryEntry entry, String account, RegistryFailure failure) {
        String said = "the registry " + entry.address() + " answered: " + failure.getMessage();
        return switch (failure.kind()) {
            case UNAUTHORIZED ->
                explained(what, said + " (" + as(account) + ")", unauthorized(entry, account), failure);
            case DENIED ->
                explained(
                        what,
                        said + " (" + as(account) + ")",
                        "Give the account the right to push and pull this repository, or use other credentials",
                        failure);
            case NOT_FOUND ->
                explained(
                        what,
                        said,
                        "Check the name and the tag; some registries want the repository to be made first",
                        failure);
            case RATE_LIMITED ->
                explained(
                        what,
                        said + " (" + as(account) + ")",
                        account == null
                                ? "Wait, log in for a higher limit, or use a mirror of the registry"
                                : "Wait, use an account with a higher limit, or a mirror of the registry",
                        failure);
            case HTTP_ON_HTTPS ->
                explained(
                        what,
                        "the registry " + entry.address() + " speaks plain HTTP and the daemon insists on TLS",
                        insecureRegistry(entry.address()),
                        failure);
            case UNTRUSTED_CERTIFICATE -> explained(what, said, untrustedCertificate(entry.address()), failure);
            case UNKNOWN_HOST ->
                explained(
                        what,
                        "the daemon's host does not know the host " + entry.address() + " (" + failure.getMessage()
                                + ")",
                        "Check the address and the name resolution on the daemon's host",
                        failure);
            case SERVER_ERROR ->
                explained(
                        what,
                        said,
                        "Look into the registry's log; once it is well, push again: nothing has to be rebuilt",
                        failure);
            case CONNECTION ->
                explained(
                        what,
                        "the daemon lost or could not make the connection to the registry " + entry.address() + ": "
                                + failure.getMessage(),
                        "Check that the registry runs and that the daemon's host reaches it",
                        failure);
            case CLIENT_CERTIFICATE_WANTED ->
                explained(
                        what,
                        "the registry " + entry.address() + ": " + failure.getMessage(),
                        "Choose the client certificate in the registry's entry, or another one, that the registry's"
                                + " authority has signed",
                        failure);
            case PROXY_REFUSAL ->
                explained(
                        what,
                        failure.getMessage(),
                        "Check the proxy of the registry's entry and its credentials, and see the proxy's log",
                        failure);
            case TOO_FEW_RIGHTS ->
                explained(
                        what,
                        "at the registry " + entry.address() + ", " + failure.getMessage(),
                        "Give the account the right to push and pull this repository, or use other credentials",
                        failure);
            case NO_SPACE ->
                explained(
                        what,
                        said + " (" + as(account) + ")",
                        "Make room: delete old images there and have the registry collect its garbage, or have the quota"
                                + " raised; then push again: nothing has to be rebuilt",
                        failure);
            case TOO_LARGE ->
                explained(
                        what,
                        said,
                        "Raise the limit of the registry, or of the proxy before it (nginx: client_max_body_size), or make"
                                + " the layer smaller",
                        failure);
            case WEB_PAGE, NOT_A_REGISTRY ->
                explained(
                        what,
                        "what answers at " + entry.address() + " is no registry: " + failure.getMessage(),
                        "Check host and port; a proxy or a web server may stand there instead",
                        failure);
            case OTHER -> explained(what, failure.getMessage(), "Look into the daemon's log for more", failure);
        };
    }

    private static RegistryException explained(String what, String why, String advice, RegistryFailure failure) {
        return new RegistryException(what, why, advice, failure);
    }

    private static String as(String account) {
        return account == null ? "without a login" : "logged in as '" + account + "'";
    }

    private static String unauthorized(RegistryEntry entry, String account) {
        if (account == null) {
            return "Choose credentials for the registry '" + entry.id() + "', or name the registry in the call";
        }
        return entry.credentialsId() == null
                ? "Check the user name and the password"
                : "Check the credentials '" + entry.credentialsId() + "'";
    }
}
