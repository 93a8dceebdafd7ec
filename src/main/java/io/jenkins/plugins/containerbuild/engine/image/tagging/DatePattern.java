package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a date is written, in the format of Moment.js and its English words.
 *
 * @param format such as {@code YYYYMMDD}
 * @param zone the time zone
 */
record DatePattern(String format, ZoneId zone) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What Moment.js takes for one token, in this order; anything else stands for itself. */
    private static final Pattern TOKEN = Pattern.compile("\\[[^\\[]*]|\\\\?(?:[Hh]mm(?:ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?"
            + "|ddd?d?|do?|wo|ww?|Wo|WW?|Qo|Q|N{1,5}|YYYYYY|YYYYY|YYYY|YY|Y|y{1,4}|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?"
            + "|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|LTS|LT|LL?L?L?|l{1,4})");

    private static final String TOKENS =
            "YYYY YY Q Qo M Mo MM MMM MMMM D Do DD DDD DDDo DDDD d do ddd dddd e E w wo ww W Wo WW gg gggg GG GGGG"
                    + " A a H HH h hh k kk Hmm Hmmss hmm hmmss m mm s ss S to SSSSSSSSS Z ZZ z X x";

    /** @throws InvalidRequestException when the zone is none, or the format holds what is not known here */
    static DatePattern parse(String rule, String where, String format, String zone) throws InvalidRequestException {
        DatePattern pattern = new DatePattern(format, zone(rule, where, zone));
        Matcher matcher = TOKEN.matcher(format);
        while (matcher.find()) {
            if (value(matcher.group(), ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC)) == null) {
                throw RuleTrouble.unreadable(
                        rule,
                        where + "the date format '" + format + "' holds '" + matcher.group() + "', which is not known",
                        "Put words in brackets, [like this]. Known are: " + TOKENS);
            }
        }
        return pattern;
    }

    private static ZoneId zone(String rule, String where, String zone) throws InvalidRequestException {
        if (zone == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone.trim());
        } catch (DateTimeException e) {
            throw RuleTrouble.unreadable(
                    rule,
                    where + "there is no time zone '" + zone + "'",
                    Suggestion.nearest(zone.trim(), ZoneId.getAvailableZoneIds())
                            + "Write for example tz='Asia/Tokyo'");
        }
    }

    /** The instant, written so. */
    String write(Instant instant) {
        ZonedDateTime time = instant.atZone(zone);
        return TOKEN.matcher(format).replaceAll(token -> Matcher.quoteReplacement(value(token.group(), time)));
    }

    /** What stands for a token; null for one that is not known. */
    private static String value(String token, ZonedDateTime time) {
        if (token.startsWith("[")) {
            return token.substring(1, token.length() - 1);
        }
        if (token.startsWith("\\")) {
            return token.substring(1);
        }
        return switch (token.charAt(0)) {
            case 'Y', 'Q', 'M', 'D' -> calendar(token, time);
            case 'd', 'e', 'E' -> weekday(token, time);
            case 'w', 'g' -> week(token, time, WeekFields.SUNDAY_START);
            case 'W', 'G' -> week(token.toLowerCase(Locale.ROOT), time, WeekFields.ISO);
            case 'X', 'x', 'Z', 'z' -> instant(token, time);
            default -> clock(token, time);
        };
    }

    private static String calendar(String token, ZonedDateTime time) {
        return switch (token) {
            case "YYYY" -> padded(time.getYear(), 4);
            case "YY" -> padded(time.getYear() % 100, 2);
            case "Y" -> String.valueOf(time.getYear());
            case "Q" -> String.valueOf(time.get(IsoFields.QUARTER_OF_YEAR));
            case "Qo" -> ordinal(time.get(IsoFields.QUARTER_OF_YEAR));
            case "M" -> String.valueOf(time.getMonthValue());
            case "Mo" -> ordinal(time.getMonthValue());
            case "MM" -> padded(time.getMonthValue(), 2);
            case "MMM" -> monthName(time).substring(0, 3);
            case "MMMM" -> monthName(time);
            case "D" -> String.valueOf(time.getDayOfMonth());
            case "Do" -> ordinal(time.getDayOfMonth());
            case "DD" -> padded(time.getDayOfMonth(), 2);
            case "DDD" -> String.valueOf(time.getDayOfYear());
            case "DDDo" -> ordinal(time.getDayOfYear());
            case "DDDD" -> padded(time.getDayOfYear(), 3);
            default -> null;
        };
    }

    /** Moment.js cuts its short names off this one; those of Java are not of three letters everywhere. */
    private static String monthName(ZonedDateTime time) {
        return time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String weekday(String token, ZonedDateTime time) {
        int day = time.getDayOfWeek().getValue();
        String name = time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return switch (token) {
            case "d", "e" -> String.valueOf(day % 7);
            case "do" -> ordinal(day % 7);
            case "dd" -> name.substring(0, 2);
            case "ddd" -> name.substring(0, 3);
            case "dddd" -> name;
            case "E" -> String.valueOf(day);
            default -> null;
        };
    }

    private static String week(String token, ZonedDateTime time, WeekFields weeks) {
        TemporalField year = weeks.weekBasedYear();
        int week = time.get(weeks.weekOfWeekBasedYear());
        return switch (token) {
            case "w" -> String.valueOf(week);
            case "wo" -> ordinal(week);
            case "ww" -> padded(week, 2);
            case "gg" -> padded(time.get(year) % 100, 2);
            case "gggg" -> padded(time.get(year), 4);
            default -> null;
        };
    }

    private static String clock(String token, ZonedDateTime time) {
        int half = time.get(ChronoField.CLOCK_HOUR_OF_AMPM);
        String minutes = padded(time.getMinute(), 2);
        String seconds = padded(time.getSecond(), 2);
        return switch (token) {
            case "H" -> String.valueOf(time.getHour());
            case "HH" -> padded(time.getHour(), 2);
            case "h" -> String.valueOf(half);
            case "hh" -> padded(half, 2);
            case "k" -> String.valueOf(time.get(ChronoField.CLOCK_HOUR_OF_DAY));
            case "kk" -> padded(time.get(ChronoField.CLOCK_HOUR_OF_DAY), 2);
            case "Hmm" -> time.getHour() + minutes;
            case "Hmmss" -> time.getHour() + minutes + seconds;
            case "hmm" -> half + minutes;
            case "hmmss" -> half + minutes + seconds;
            case "m" -> String.valueOf(time.getMinute());
            case "mm" -> minutes;
            case "s" -> String.valueOf(time.getSecond());
            case "ss" -> seconds;
            case "A" -> time.getHour() < 12 ? "AM" : "PM";
            case "a" -> time.getHour() < 12 ? "am" : "pm";
            default ->
                token.startsWith("S")
                        ? padded(time.getNano() / 1_000_000, 3).concat("000000").substring(0, token.length())
                        : null;
        };
    }

    private static String instant(String token, ZonedDateTime time) {
        String offset = time.getOffset().equals(ZoneOffset.UTC)
                ? "+00:00"
                : time.getOffset().getId();
        return switch (token) {
            case "X" -> String.valueOf(time.toEpochSecond());
            case "x" -> String.valueOf(time.toInstant().toEpochMilli());
            case "Z" -> offset;
            case "ZZ" -> offset.replace(":", "");
            default -> abbreviation(time);
        };
    }

    private static String abbreviation(ZonedDateTime time) {
        return time.getZone().equals(ZoneOffset.UTC)
                ? "UTC"
                : DateTimeFormatter.ofPattern("z", Locale.ENGLISH).format(time);
    }

    private static String padded(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }

    private static String ordinal(int number) {
        boolean teen = number / 10 % 10 == 1;
        String ending =
                switch (teen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + ending;
    }
}
