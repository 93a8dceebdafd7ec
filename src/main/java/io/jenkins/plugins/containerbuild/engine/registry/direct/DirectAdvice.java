package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryAdvice;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;

/** What helps where no daemon stands between: what is to be changed is on this machine, or in the registry's entry. */
final class DirectAdvice {

    private DirectAdvice() {}

    static RegistryException explain(String what, RegistryEntry entry, String account, RegistryFailure failure) {
        String registry = "the registry " + entry.address();
        return switch (failure.kind()) {
            case HTTP_ON_HTTPS ->
                new RegistryException(
                        what,
                        registry + " was spoken to in TLS and answers something else (" + failure.getMessage() + ")",
                        "If it speaks plain HTTP, switch that on in its entry; better give it a certificate",
                        failure);
            case UNTRUSTED_CERTIFICATE ->
                new RegistryException(
                        what,
                        registry + " cannot be trusted: " + failure.getMessage(),
                        "Renew the certificate if it is old; if it comes from an authority of your own, give that one's"
                                + " certificate as CA certificate in the registry's entry",
                        failure);
            case UNKNOWN_HOST ->
                new RegistryException(
                        what,
                        "this machine does not know the host " + entry.address() + " (" + failure.getMessage() + ")",
                        "Check the address and the name resolution on the machine that runs this",
                        failure);
            case CONNECTION ->
                new RegistryException(
                        what,
                        "the connection to " + registry + " was lost or did not come about: " + failure.getMessage(),
                        "Check that the registry runs and that the machine that runs this reaches it, "
                                + (entry.transport().proxy() == null
                                        ? "without a proxy: its entry names none"
                                        : "by way of the proxy of its entry"),
                        failure);
            case SERVER_ERROR ->
                new RegistryException(
                        what,
                        registry + " answered: " + failure.getMessage(),
                        "Look into the registry's log; once it is well, run this again: nothing has to be rebuilt",
                        failure);
            case OTHER ->
                new RegistryException(
                        what, registry + ": " + failure.getMessage(), "Look into the registry's log for more", failure);
            default -> RegistryAdvice.explain(what, entry, account, failure);
        };
    }
}
