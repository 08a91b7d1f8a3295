package io.lanewise.onnx.file;

import io.lanewise.layers.files.Quote;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Values of tensors in other files, which must lie in the model's folder, links resolved. Files
 * stay mapped until the model is read, or as long as a tensor lies in them.
 */
final class ExternalData {
  /** Tensors may share bytes, but not read all of them again and again. */
  private static final int MOST_READS = 2;

  private static final long PIECE = 1 << 20;

  private final Optional<Path> folder;
  private final Arena arena;
  private final boolean lasting;
  private final Map<Path, MemorySegment> files = new HashMap<>();
  private final Map<MemorySegment, String> digests = new HashMap<>();
  private long allowed;
  private long taken;

  /**
   * External data for a model.
   *
   * @param folder where the model lies, if it lies anywhere
   * @param arena what maps files
   * @param lasting whether they stay mapped as long as anything refers to them
   */
  ExternalData(Optional<Path> folder, Arena arena, boolean lasting) {
    this.folder = folder;
    this.arena = arena;
    this.lasting = lasting;
  }

  /** True if tensors may stay in files, the model's own included. */
  boolean isLasting() {
    return lasting;
  }

  /**
   * The bytes of a tensor, where they lie.
   *
   * @param entries location, offset and length, as the standard has them
   * @param bytes how many are needed
   */
  MemorySegment find(Map<String, String> entries, long bytes, WireReader in) {
    String location = entries.getOrDefault("location", "");
    long offset = number("offset", entries, 0, in);
    long length = number("length", entries, bytes, in);
    if (length != bytes) {
      throw in.error("expected %d bytes of external data, got a length of %d", bytes, length);
    }
    MemorySegment file = open(location, in);
    requireDigest(location, file, entries.getOrDefault("checksum", ""), in);
    if (offset > file.byteSize() || length > file.byteSize() - offset) {
      throw in.error(
          "expected %d bytes from byte %d on in external data %s, got a file of %d",
          length, offset, Quote.of(location), file.byteSize());
    }
    taken += length;
    if (taken > allowed) {
      throw in.error(
          "expected tensors to read external data at most %d times over, got more", MOST_READS);
    }
    return file.asSlice(offset, length);
  }

  /** The standard's checksum is the whole file's SHA-1, in hexadecimal digits. */
  private void requireDigest(String location, MemorySegment file, String expected, WireReader in) {
    if (expected.isEmpty()) {
      return;
    }
    String found = digests.computeIfAbsent(file, ExternalData::digest);
    if (!found.equalsIgnoreCase(expected)) {
      throw in.error(
          "expected external data %s with the SHA-1 checksum %s, got one with %s",
          Quote.of(location), Quote.of(expected), found);
    }
  }

  private static String digest(MemorySegment file) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      for (long at = 0; at < file.byteSize(); at += PIECE) {
        sha1.update(file.asSlice(at, Math.min(PIECE, file.byteSize() - at)).asByteBuffer());
      }
      return HexFormat.of().formatHex(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

  private static long number(
      String key, Map<String, String> entries, long otherwise, WireReader in) {
    String text = entries.getOrDefault(key, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // as for a number below zero
    }
    throw in.error(
        "expected a whole number from 0 to 2^63 - 1 as %s of external data, got %s",
        key, Quote.of(text));
  }

  private MemorySegment open(String location, WireReader in) {
    Path file = contained(location, in);
    MemorySegment mapped = files.get(file);
    if (mapped == null) {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      } catch (IOException e) {
        throw in.error("external data %s cannot be read: %s", Quote.of(location), e.getMessage());
      }
      files.put(file, mapped);
      allowed += MOST_READS * mapped.byteSize();
    }
    return mapped;
  }

  /** The file, links resolved, if it is a file in the model's folder. */
  private Path contained(String location, WireReader in) {
    String where = Quote.of(location);
    if (folder.isEmpty()) {
      throw in.error(
          "external data %s cannot be found: the model was not read from a file, and no folder was named",
          where);
    }
    try {
      Path relative = Path.of(location);
      if (location.isEmpty()
          || location.contains("\\")
          || relative.isAbsolute()
          || relative.getRoot() != null
          || climbs(relative)) {
        throw in.error(
            "expected external data at a relative path inside the model's folder, got %s", where);
      }
      Path home = folder.get().toRealPath();
      Path file = home.resolve(relative).toRealPath();
      if (!file.startsWith(home)) {
        throw in.error(
            "expected external data inside the model's folder, got %s, a link that leaves it",
            where);
      }
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw in.error("expected external data to be a file, got %s, which is none", where);
      }
      return file;
    } catch (InvalidPathException | IOException e) {
      throw in.error("external data %s cannot be found: %s", where, e.getMessage());
    }
  }

  private static boolean climbs(Path relative) {
    for (Path name : relative) {
      if (name.toString().equals("..")) {
        return true;
      }
    }
    return false;
  }
}
