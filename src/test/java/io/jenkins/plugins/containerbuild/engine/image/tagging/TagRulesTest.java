package io.jenkins.plugins.containerbuild.engine.image.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables hold what docker/metadata-action documents and tests of itself, besides cases of our own. */
class TagRulesTest {

    private static final String SHA = "860c1904a1ce19322e91ac35af1ab07466440c37";
    private static final Instant STARTED = Instant.parse("2020-01-10T00:30:00Z");
    private static final String NEXT = "&&";

    /** A branch, tag or pull request of a repository whose default branch is master. */
    static BuildFacts facts(String what) {
        String[] parts = what.split(" ", 2);
        BuildFacts.Builder facts = BuildFacts.at(STARTED)
                .commit(SHA)
                .commitDate(STARTED.plusSeconds(86_400))
                .defaultBranch("master")
                .scheduled(parts[0].equals("schedule"));
        return switch (parts[0]) {
            case "branch", "schedule" -> facts.ref(GitRef.branch(parts[1])).build();
            case "tag" -> facts.ref(GitRef.tag(parts[1])).build();
            case "pr" ->
                facts.ref(GitRef.pullRequest(parts[1])).baseBranch("master").build();
            default -> facts.commit(null).build();
        };
    }

    private static List<String> texts(String joined) {
        return joined == null ? List.of() : Arrays.asList(joined.split(NEXT));
    }

    private static ComputedTags compute(String what, String rules, String flavor) throws InvalidRequestException {
        return TagRules.parse(texts(rules), texts(flavor)).compute(facts(what));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what           | rules                                                                   | flavor                | tags
            nothing          |                                                                         |                       |
            nothing          | type=sha && type=raw,{{branch}}                                         |                       |
            branch dev       |                                                                         |                       | dev
            branch master    |                                                                         |                       | master
            branch my/branch | type=ref,event=branch                                                   |                       | my-branch
            branch a//b#1&c  | type=ref,event=branch                                                   |                       | a-b-1-c
            branch dev       | type=ref,event=tag && type=ref,event=pr && type=schedule                |                       |
            pr 2             | type=ref,event=pr                                                       |                       | pr-2
            tag v1.2.3       | type=ref,event=tag                                                      |                       | v1.2.3 latest
            tag v2.0.8-beta.67 | type=ref,event=tag                                                    |                       | v2.0.8-beta.67 latest
            tag release1     |                                                                         |                       | release1 latest
            tag 20200110-RC2 |                                                                         |                       | 20200110-RC2 latest
            pr 15            |                                                                         |                       | pr-15
            pr 15            | type=ref,event=pr && type=sha                                           |                       | pr-15 sha-860c190
            pr 15            | type=sha,priority=2000 && type=ref,event=pr                             |                       | sha-860c190 pr-15
            pr 15            | type=ref,event=pr                                                       | prefix=glo-&&suffix=-bal | pr-15-bal
            pr 15            | type=ref,event=pr,prefix=                                               | prefix=glo-&&suffix=-bal | 15-bal
            pr 15            | type=raw,value=mytag-{{base_ref}} && type=raw,defbranch,enable={{is_default_branch}} |          | mytag-master
            branch master    | type=edge                                                               |                       | edge
            branch dev       | type=edge,branch=dev && type=sha                                        |                       | edge sha-860c190
            branch master    | type=edge,branch=dev && type=sha                                        |                       | sha-860c190
            branch my/feature#1245 | type=edge && type=sha                                             |                       | sha-860c190
            tag v1.1.1       | type=edge                                                               |                       |
            branch my/feature#1245 | type=semver,pattern={{version}} && type=pep440,pattern={{version}} |                      |
            branch master    | type=ref,priority=2000,event=branch && type=edge                        |                       | master edge
            branch master    | type=semver,pattern={{version}},value=v1.2.3 && type=pep440,pattern={{version}},value=v1.2.3 && type=edge | | 1.2.3 edge latest
            branch master    | type=match,pattern=v(.*),group=1,value=v1.2.3 && type=edge              |                       | 1.2.3 edge latest
            branch master    | type=match,enable=false,pattern=v(.*),group=1,value=v1.2.3 && type=edge |                       | edge
            branch dev       | type=ref,event=branch && type=sha,format=long                           |                       | dev sha-860c1904a1ce19322e91ac35af1ab07466440c37
            branch dev       | type=sha,prefix=                                                        |                       | 860c190
            branch dev       | type=sha,prefix={{branch}}-                                             |                       | dev-860c190
            branch dev       | type=edge,branch=master && type=ref,event=branch,enable=false && type=sha && type=raw,value=defbranch,enable={{is_default_branch}} | | sha-860c190
            branch dev       | type=raw,value=notdefbranch,enable={{is_not_default_branch}} && type=sha |                      | notdefbranch sha-860c190
            branch master    | type=raw,value=latest,enable={{is_default_branch}}                      |                       | latest
            branch dev       | type=raw,value=latest,enable={{is_default_branch}}                      |                       |
            tag v1.1.1       | type=raw,value=latest,enable={{is_default_branch}}                      |                       |
            branch master    | type=raw,value=mytag-{{branch}} && type=raw,value=mytag-tag-{{tag}} && type=raw,value=mytag-baseref-{{base_ref}} | | mytag-master mytag-tag- mytag-baseref-
            branch master    | type=raw,value=mytag-{{date 'YYYYMMDD'}} && type=raw,value=mytag-{{date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}} | | mytag-20200110 mytag-20200110-093000
            branch master    | type=raw,"value=src-{{ commit_date ""YYYYMMDD-HHmmss"" tz=""Asia/Tokyo"" }}"   |                       | src-20200111-093000
            branch dev       | type=raw,value=mytag-{{branch}}-{{sha}}                                 |                       | mytag-dev-860c190
            branch dev       | type=ref,event=branch && type=raw,my && custom && type=raw,value=tags   |                       | dev my custom tags
            branch dev       | type=ref,priority=90,event=branch && type=raw,my && type=raw,custom     | latest=true           | my custom dev latest
            branch dev       | type=raw,my,prefix=foo-,suffix=-bar && type=raw,custom                  | latest=false&&prefix=glo-&&suffix=-bal | foo-my-bar glo-custom-bal
            branch dev       | type=raw,foo && type=raw,bar,enable=false && type=raw,baz,enable=true   | latest=false          | foo baz
            branch dev       | # no rule && type=raw,foo                                               |                       | foo
            branch dev       | type=raw,latest                                                         | latest=true           | latest
            schedule master  |                                                                         |                       | nightly master
            schedule master  | type=schedule,pattern={{date 'YYYYMMDD'}} && type=schedule,pattern=src-{{commit_date 'YYYY-MM-DD'}} | | 20200110 src-2020-01-11
            schedule master  | type=schedule,pattern={{date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}        |                       | 20200110-093000
            schedule master  | type=schedule && type=sha,priority=2000                                 |                       | sha-860c190 nightly
            schedule master  | type=schedule                                                           | prefix=glo-&&suffix=-bal | glo-nightly-bal
            tag v1.1.1       | type=raw,priority=2000,foo && type=ref,event=tag && type=edge           |                       | foo v1.1.1
            tag v1.1.1       | type=raw,{{tag}}-{{sha}}-foo                                            |                       | v1.1.1-860c190-foo
            tag v1.1.1       | type=ref,event=tag                                                      | latest=false          | v1.1.1
            tag v1.1.1       | type=semver,pattern={{version}}                                         | suffix=-dev,onlatest=true | 1.1.1-dev latest-dev
            tag v1.1.1       | type=semver,pattern={{version}}                                         | prefix=foo-,onlatest=true&&suffix=-dev | foo-1.1.1-dev foo-latest
            tag v1.1.1       | type=semver,pattern={{version}}                                         | prefix=foo-,suffix=-dev | foo-1.1.1-dev latest
            """)
    void makeTheTagsOfABuild(String what, String rules, String flavor, String tags) throws Exception {
        ComputedTags computed = compute(what, rules, flavor);

        assertThat(String.join(" ", computed.tags())).isEqualTo(tags == null ? "" : tags);
        assertThat(computed.version()).isEqualTo(tags == null ? null : tags.split(" ")[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # Git tag      | rules                                                                       | tags
            v1.2.3         | type=semver,pattern={{raw}}                                                 | v1.2.3 latest
            v1.2.3         | type=semver,pattern={{version}}                                             | 1.2.3 latest
            v1.2.3         | type=semver,pattern={{major}}.{{minor}}                                     | 1.2 latest
            v1.2.3         | type=semver,pattern=v{{major}}                                              | v1 latest
            v1.2.3         | type=semver,pattern={{minor}}                                               | 2 latest
            v1.2.3         | type=semver,pattern={{patch}}                                               | 3 latest
            v0.0.0         | type=semver,pattern={{major}}.{{minor}}.{{patch}}                           | 0.0.0 latest
            p1/v1.2.3      | type=semver,pattern={{version}},"match=v(\\d.\\d.\\d)$"                     | 1.2.3 latest
            p1/v1.2.3      | type=pep440,pattern={{version}},"match=v(\\d.\\d.\\d)$"                     | 1.2.3 latest
            p1/v1.2.3      | type=semver,pattern={{version}}                                             |
            v2.0.8-beta.67 | type=semver,pattern={{raw}}                                                 | v2.0.8-beta.67
            v2.0.8-beta.67 | type=semver,pattern={{version}}                                             | 2.0.8-beta.67
            v2.0.8-beta.67 | type=semver,pattern={{major}}                                               | 2.0.8-beta.67
            v2.0.8-beta.67 | type=semver,pattern={{major}}.{{minor}} && type=semver,pattern={{major}}    | 2.0.8-beta.67
            v1.1.1         | type=semver,pattern={{version}} && type=semver,pattern={{major}}.{{minor}} && type=semver,pattern={{major}} | 1.1.1 1.1 1 latest
            v1.1.1         | type=semver,pattern={{version}} && type=semver,pattern={{major}}.{{minor}}.{{patch}} | 1.1.1 latest
            v2.0.8-beta.67 | type=raw,priority=2000,foo && type=semver,pattern={{version}} && type=match,"pattern=\\d.\\d" | foo 2.0.8-beta.67 2.0
            1.2.3+build.5  | type=semver,pattern={{version}}                                             | 1.2.3 latest
            1.2.3+build.5  | type=semver,pattern={{raw}}                                                 | 1.2.3-build.5 latest
            sometag        | type=semver,pattern={{version}}                                             |
            1.2.3          | type=pep440,pattern={{raw}}                                                 | 1.2.3 latest
            1.2.3          | type=pep440,pattern={{version}}                                             | 1.2.3 latest
            v1.2.3         | type=pep440,pattern={{version}}                                             | 1.2.3 latest
            1.2.3          | type=pep440,pattern={{major}}.{{minor}}                                     | 1.2 latest
            1.2.3          | type=pep440,pattern=v{{major}}                                              | v1 latest
            v1.2.3rc2      | type=pep440,pattern={{raw}}                                                 | v1.2.3rc2
            1.2.3rc2       | type=pep440,pattern={{version}}                                             | 1.2.3rc2
            1.2.3rc2       | type=pep440,pattern={{major}}.{{minor}}                                     | 1.2.3rc2
            1.2.3post1     | type=pep440,pattern={{major}}.{{minor}}                                     | 1.2.3.post1
            1.2.3beta2     | type=pep440,pattern={{major}}.{{minor}}                                     | 1.2.3b2
            1.0dev4        | type=pep440,pattern={{major}}.{{minor}}                                     | 1.0.dev4
            1.1beta2       | type=pep440,pattern={{major}}.{{minor}} && type=pep440,pattern={{major}}    | 1.1b2
            1.2post1       | type=pep440,pattern={{version}} && type=pep440,pattern={{major}}            | 1.2.post1
            v1.2.3rc2      | type=pep440,pattern={{raw}} && type=pep440,pattern={{major}}.{{minor}}      | v1.2.3rc2 1.2.3rc2
            v1.1.1         | type=pep440,pattern={{version}} && type=pep440,pattern={{major}}.{{minor}}.{{patch}} && type=pep440,pattern={{major}}.{{minor}} && type=pep440,pattern={{major}} | 1.1.1 1.1 1 latest
            sometag        | type=ref,event=tag && type=pep440,pattern={{version}}                       | sometag latest
            v1.2.3         | type=match,pattern=\\d.\\d.\\d                                              | 1.2.3 latest
            v2.0.8-beta.67 | type=match,pattern=v(.*)                                                    | v2.0.8-beta.67 latest
            v2.0.8-beta.67 | type=match,pattern=v(.*),group=1                                            | 2.0.8-beta.67 latest
            v2.0.8-beta.67 | type=match,pattern=v(\\d.\\d),group=1                                       | 2.0 latest
            20200110-RC2   | type=match,pattern=\\d+                                                     | 20200110 latest
            20200110-RC2   | type=match,"pattern=^\\d+-RC\\d{1,2}"                                       | 20200110-RC2 latest
            20200110-RC2   | type=match,pattern=(.*)-RC,group=1                                          | 20200110 latest
            p1/v1.2.3      | type=match,pattern=p1/v(\\d.\\d.\\d),group=1                                | 1.2.3 latest
            v2.0.8-beta.67 | `type=match,"pattern=\\d.\\d.\\d-(alpha|beta).\\d+"`                        | 2.0.8-beta.67 latest
            v2.0.8-beta.67 | type=match,"pattern=v(.*)-beta.(.*)",group=1 && type=match,"pattern=v(.*)-beta.(.*)",group=2 | 2.0.8 67 latest
            p1/v1.0.0      | type=match,"pattern=/^v(\\d.\\d.\\d)$/ig",group=1 && type=match,pattern=\\d.\\d.\\d && type=match,pattern=\\d.\\d | 1.0.0 1.0 latest
            p1/v1.0.0      | type=match,pattern=p1/v(\\d.\\d.\\d),group=1 && type=match,pattern=p1/v(\\d.\\d),group=3 | 1.0.0 latest
            V1.0.0-x-y     | type=match,"pattern=/v([\\d.]+)/i",group=1                                  | 1.0.0 latest
            a1-b2-c3       | type=match,"pattern=/[a-z]\\d/g",group=2                                    | c3 latest
            sometag        | type=match,"pattern=\\d.\\d"                                                |
            """)
    void readVersionsAndParts(String tag, String rules, String tags) throws Exception {
        assertThat(String.join(" ", compute("tag " + tag, rules, null).tags())).isEqualTo(tags == null ? "" : tags);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            type=sem,pattern={{version}}         | attribute 1: there is no type 'sem'. Did you mean 'semver'? Allowed are: schedule, semver, pep440, match, edge, ref, raw, sha
            type=ref,evnt=branch                 | attribute 2, 'evnt', is none of type=ref. Did you mean 'event'? Allowed are: event, enable, priority, prefix, suffix
            type=ref                             | type=ref needs 'event'. Write for example type=ref,event=branch
            type=ref,event=branches              | there is no event=branches. Did you mean 'branch'? Allowed are: branch, tag, pr
            type=semver                          | type=semver needs 'pattern'
            type=semver,{{version}}              | type=semver needs 'pattern'
            type=match                           | type=match needs 'pattern'
            type=raw                             | type=raw needs 'value'. Write for example type=raw,value=stable
            type=match,pattern=v(.*),group=foo   | group=foo is no number
            type=match,pattern=v(.*              | in 'pattern', at character 5 of the regular expression 'v(.*': Unclosed group
            type=match,pattern=/a/y              | has the flag 'y', which is not known. Known are: g, i, m, s, u
            type=match,pattern=\\d{1,2}          | Unclosed counted closure
            type=sha,format=foo                  | there is no format=foo. Allowed are: short, long
            type=sha,priority=high               | priority=high is no number. Write for example priority=100
            type=raw,a,b                         | attribute 3, 'value', stands there a second time. An attribute that holds a comma stands in double quotes
            type=raw,value={{brnch}}             | in 'value', at character 1, stands '{{brnch}}', which is no expression for this place. Did you mean 'branch'?
            type=raw,value=a-{{branch            | in 'value', at character 3, an expression is left open
            type=raw,value={{date}}              | '{{date}}' has no format in quotes. Write for example {{date 'YYYYMMDD'}}
            type=raw,value={{date YYYY}}         | stands '{{date YYYY}}', which is no expression
            type=raw,value={{branch 'x'}}        | '{{branch}}' is given something and takes nothing
            type=raw,value={{date 'LLLL'}}       | the date format 'LLLL' holds 'LLLL', which is not known
            type=raw,value={{date 'YYYY' tz='Asia/Tokio'}} | there is no time zone 'Asia/Tokio'. Did you mean 'Asia/Tokyo'?
            type=semver,pattern={{branch}}       | '{{branch}}', which is no expression for this place. Allowed are: raw, version, major, minor, patch
            type=raw,"value=x                    | a double quote is left open
            """)
    void thatAreNoneAreExplained(String rule, String message) {
        assertThatThrownBy(() -> TagRules.parse(List.of(rule), List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(e -> assertThat(Arrays.asList(message.split(", or: ")))
                        .anySatisfy(part -> assertThat(e).hasMessageContaining(part)))
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            randomstr             | could not read the flavor 'randomstr': entry 1, 'randomstr', is no key=value. Allowed are: latest, prefix, suffix, onlatest
            latest                | is no key=value
            sufix=-dev            | entry 1, 'sufix=-dev', is not known. Did you mean 'suffix'?
            latest=foo            | there is no latest=foo. Allowed are: auto, true, false
            onlatest=true         | onlatest belongs to a prefix or a suffix
            prefix=a,onlatest=yes | onlatest is 'yes'. Allowed are: true, false
            """)
    void withAFlavorThatIsNoneAreRefused(String flavor, String message) {
        assertThatThrownBy(() -> TagRules.parse(List.of(), List.of(flavor)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            branch dev      | type=raw,value=x,enable={{branch}}                       | 'enable' is 'dev'. Allowed are: true, false
            branch -x       | type=ref,event=branch                                    | it makes '-x', and a tag begins with a letter
            tag v1.0.0      | type=semver,pattern={{version}},"match=^v.*$"            | 'match' has no group that is found in 'v1.0.0'
            tag aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | type=match,pattern=^a*a*a*a*a*a*a*$ | its regular expression takes too long
            """)
    void thatFailOnABuildAreNamed(String what, String rule, String message) {
        assertThatThrownBy(() -> compute(what, rule, null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not apply the tag rule '" + rule)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tag sometag | type=semver,pattern={{version}}        | type=semver: 'sometag' is no version
            tag sometag | type=match,pattern=\\d                  | type=match: '\\d' does not match 'sometag'
            tag sometag | type=match,pattern=some,group=1        | type=match: 'some' has no group 1 in 'sometag'
            nothing     | type=sha                               | type=sha: nobody tells which commit is built
            """)
    void tellWhyTheyMakeNoTag(String what, String rule, String note) throws Exception {
        ComputedTags computed = compute(what, rule, null);

        assertThat(computed.tags()).isEmpty();
        assertThat(computed.notes()).containsExactly(note);
    }

    @Test
    void tellOfWhatNobodyKnows() throws Exception {
        BuildFacts facts =
                BuildFacts.at(STARTED).ref(GitRef.branch("main")).commit(SHA).build();

        ComputedTags computed = TagRules.parse(
                        List.of(
                                "type=raw,value=latest,enable={{is_default_branch}}",
                                "type=edge",
                                "type=raw,value={{commit_date 'YYYY'}}"),
                        List.of())
                .compute(facts);

        assertThat(computed.tags()).containsExactly("2020");
        assertThat(computed.notes())
                .hasSize(2)
                .anySatisfy(note -> assertThat(note).contains("say which it is with defaultBranch"))
                .anySatisfy(note -> assertThat(note).contains("{{commit_date}} is the date of the build"));
    }

    @Test
    void describeTheImage() throws Exception {
        BuildFacts facts = BuildFacts.at(STARTED)
                .ref(GitRef.tag("v1.1.1"))
                .commit(SHA)
                .repository("https://someone:secret@git.example/octocat/Hello-World.git")
                .build();

        assertThat(TagRules.parse(List.of("type=semver,pattern={{version}}"), List.of())
                        .compute(facts)
                        .labels())
                .containsOnly(
                        entry("org.opencontainers.image.created", "2020-01-10T00:30:00.000Z"),
                        entry("org.opencontainers.image.revision", SHA),
                        entry("org.opencontainers.image.source", "https://git.example/octocat/Hello-World"),
                        entry("org.opencontainers.image.title", "Hello-World"),
                        entry("org.opencontainers.image.url", "https://git.example/octocat/Hello-World"),
                        entry("org.opencontainers.image.version", "1.1.1"));
        assertThat(TagRules.parse(List.of(), List.of())
                        .compute(BuildFacts.at(STARTED).build())
                        .labels())
                .containsOnlyKeys("org.opencontainers.image.created");
    }

    @Test
    void nameEveryImage() throws Exception {
        ComputedTags computed = compute("branch dev", "type=ref,event=branch && type=sha", null);

        assertThat(computed.in(List.of(ImageReference.parse("org/app"), ImageReference.parse("ghcr.io/user/app"))))
                .extracting(ImageReference::familiar)
                .containsExactly(
                        "org/app:dev", "org/app:sha-860c190", "ghcr.io/user/app:dev", "ghcr.io/user/app:sha-860c190");
        assertThatThrownBy(() -> computed.in(List.of(ImageReference.parse("org/app:1"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not name 'org/app:1' by tag rules: it has a tag or a digest already");
    }
}
