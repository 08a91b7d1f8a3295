package io.lanewise.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.layers.files.AtomicFile;
import io.lanewise.propertytests.Case;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.LawResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes a report as JSON. */
final class VerifyJson {
  private VerifyJson() {}

  /** Refuses a file that cannot be written, before any work is done for it. */
  static void requirePlaceFor(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new UserException(
          Files.isDirectory(file)
              ? "--json: " + file + " is a folder"
              : "--json: the folder " + folder + " does not exist");
    }
  }

  static void write(Path file, LawReport report, int cases, long seed, double seconds) {
    try {
      byte[] text = text(report, cases, seed, seconds);
      AtomicFile.write(file, channel -> writeAll(channel, ByteBuffer.wrap(text)));
    } catch (IOException e) {
      throw new UserException("--json: " + Problems.describe(e), e);
    }
  }

  private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static byte[] text(LawReport report, int cases, long seed, double seconds)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("lanewise", VersionCommand.version());
      json.writeStringField("backend", report.backend());
      json.writeStringField("machine", VersionCommand.machine(Machine.detect()));
      json.writeStringField("jdk", Machine.jvm());
      json.writeNumberField("casesEach", cases);
      json.writeNumberField("seed", seed);
      json.writeNumberField("distinctShapes", report.distinctShapes());
      json.writeNumberField("seconds", seconds);
      json.writeBooleanField("holds", report.holds());
      json.writeArrayFieldStart("laws");
      for (LawResult r : report.results()) {
        law(json, r);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void law(JsonGenerator json, LawResult r) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", r.law().name());
    json.writeStringField("formula", r.law().formula());
    json.writeStringField("source", r.law().source());
    json.writeStringField("verdict", r.verdict().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("cases", r.cases());
    json.writeNumberField("casesNotOffered", r.notOffered());
    json.writeNumberField("worstShareOfBound", r.worst());
    if (r.reason().isPresent()) {
      json.writeStringField("notOfferedBecause", r.reason().get());
    }
    if (r.failure().isPresent()) {
      failure(json, r.failure().get());
    }
    json.writeEndObject();
  }

  private static void failure(JsonGenerator json, Case c) throws IOException {
    json.writeObjectFieldStart("failure");
    json.writeStringField("case", c.shape());
    json.writeNumberField("seed", c.seed());
    json.writeStringField("detail", c.detail().orElse(""));
    json.writeEndObject();
  }
}
