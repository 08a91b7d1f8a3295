package io.lanewise.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Replaces one section of a Markdown file, or adds it at the end; all else stays as it is. */
final class MarkdownSection {
  private static final String INTRO =
      """
      # Measured results

      Each section is written by the command in it; run that again to replace the section.
      """;

  private MarkdownSection() {}

  /**
   * Writes the section to {@code file}, which is made if it is not there. The new content replaces
   * the old in one move, so a failure leaves the old file whole.
   *
   * @param title heading, without {@code ##}; a section ends at the next heading of that level
   * @param body what stands under the heading
   */
  static void write(Path file, String title, String body) throws IOException {
    String old = Files.exists(file) ? Files.readString(file) : INTRO;
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "the folder is not there");
    }
    Path next = Files.createTempFile(folder, file.getFileName().toString(), ".new");
    try {
      Files.writeString(next, replace(old, title, body));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** The content with the section replaced or added. */
  static String replace(String content, String title, String body) {
    String heading = "## " + title;
    String section = heading + "\n\n" + body.strip();
    List<String> parts = new ArrayList<>();
    boolean found = false;
    for (String part : content.split("(?m)^(?=## )", -1)) {
      boolean same = part.lines().findFirst().orElse("").strip().equals(heading);
      if (same && found) {
        continue; // an edit by hand doubled it
      }
      found |= same;
      parts.add(same ? section : part.strip());
    }
    if (!found) {
      parts.add(section);
    }
    return String.join("\n\n", parts).strip() + "\n";
  }
}
