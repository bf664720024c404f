package dev.grandstand.protocol;

import java.util.regex.Pattern;

/**
 * Of which characters an id is, and how many. A regular expression says the same; but a record in a topic has five ids, and
 * matching them was 2 to 6 % of what services spent on joins.
 */
public final class Form {

    private static final int ASCII = 128;

    private final String words;
    private final boolean[] begins;
    private final boolean[] goesOn;
    private final int longest;

    private Form(String words, String begins, String goesOn, int longest) {
        this.words = words;
        this.begins = characters(begins);
        this.goesOn = characters(goesOn);
        this.longest = longest;
    }

    /**
     * One to so many characters of a set.
     *
     * @param set a regular expression's, of ASCII alone: {@code [A-Za-z0-9_-]}
     */
    public static Form of(String set, int longest) {
        return new Form(set + "{1," + longest + "}", set, set, longest);
    }

    /** The same, where the first character has a set of its own. */
    public static Form of(String first, String others, int longest) {
        return new Form(first + others + "{0," + (longest - 1) + "}", first, others, longest);
    }

    /** @throws BadValue if the value has another form */
    public void require(String value, String what) {
        if (!fits(value)) {
            throw new BadValue(what + " has the form " + words);
        }
    }

    private boolean fits(String value) {
        int length = value.length();
        if (length == 0 || length > longest || !isOf(begins, value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if (!isOf(goesOn, value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOf(boolean[] set, char character) {
        return character < ASCII && set[character];
    }

    private static boolean[] characters(String set) {
        var pattern = Pattern.compile(set);
        var characters = new boolean[ASCII];
        for (char c = 0; c < ASCII; c++) {
            characters[c] = pattern.matcher(String.valueOf(c)).matches();
        }
        return characters;
    }
}
