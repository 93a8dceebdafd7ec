package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What helps when an instruction requires a secret or an SSH agent that the build was not given. */
final class SecretAdvice {

    private static final Pattern SECRET = Pattern.compile("\\bsecret (\\S+?):?(?: not found:?)+$");
    private static final Pattern SSH = Pattern.compile("no SSH agent '([^']+)' was given");

    private SecretAdvice() {}

    /**
     * What to do next.
     *
     * @param why why the build failed
     * @return an empty text where nothing of this kind is missing
     */
    static String onFailure(String why) {
        Matcher secret = SECRET.matcher(why);
        if (secret.find()) {
            String id = secret.group(1);
            return "The instruction requires the secret '" + id + "': give it by the option secrets, secretFiles or"
                    + " secretEnvs (on the command line --secret id=" + id + ",src=FILE)";
        }
        Matcher ssh = SSH.matcher(why);
        if (ssh.find()) {
            String id = ssh.group(1);
            return "The instruction requires the SSH agent '" + id + "': give it by the option ssh (on the command line"
                    + " --ssh " + id + ")";
        }
        return "";
    }
}
