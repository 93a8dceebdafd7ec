package io.jenkins.plugins.containerbuild.operation;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.containerbuild.engine.SecretMask;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hides logins in what the steps of a block write to the log. A running Pipeline saves it: encrypted, as Jenkins does. */
final class LoginMask extends ConsoleLogFilter implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Account, colon, password each; no account for a token. */
    private final List<Secret> pairs;

    private LoginMask(List<Secret> pairs) {
        this.pairs = pairs;
    }

    static LoginMask of(List<RegistryCredentials> logins) {
        return new LoginMask(logins.stream()
                .map(login -> Secret.fromString(
                        login.username() + ':' + login.secret().reveal()))
                .toList());
    }

    @Override
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        SecretMask mask = new SecretMask();
        for (Secret pair : pairs) {
            String text = pair.getPlainText();
            int colon = text.indexOf(':');
            mask.add(RegistryCredentials.password(
                    text.substring(0, colon),
                    io.jenkins.plugins.containerbuild.engine.Secret.of(text.substring(colon + 1))));
        }
        return new LineTransformationOutputStream.Delegating(logger) {
            @Override
            protected void eol(byte[] line, int length) throws IOException {
                String text = new String(line, 0, length, StandardCharsets.UTF_8);
                String hidden = mask.hide(text);
                if (hidden.equals(text)) {
                    // As it came: it may be in another encoding.
                    out.write(line, 0, length);
                } else {
                    out.write(hidden.getBytes(StandardCharsets.UTF_8));
                }
            }
        };
    }
}
