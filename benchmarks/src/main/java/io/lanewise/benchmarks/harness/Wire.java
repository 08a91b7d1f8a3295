package io.lanewise.benchmarks.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * Requests and replies as lines. A line of ours starts with a mark, and a line break stands before
 * it: native libraries print into the same pipe, whenever and wherever they like.
 */
final class Wire {
  private static final String MARK = "@lanewise-bench ";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Wire() {}

  static String write(Request request) {
    return line(request);
  }

  static String write(Reply reply) {
    return line(reply);
  }

  private static String line(Object message) {
    try {
      return "\n" + MARK + JSON.writeValueAsString(message) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("these records can always be written", e);
    }
  }

  /** The request in a line, if it is one of ours. */
  static Optional<Request> request(String line) {
    return read(line, Request.class);
  }

  /** The reply in a line, if it is one of ours. */
  static Optional<Reply> reply(String line) {
    return read(line, Reply.class);
  }

  private static <T> Optional<T> read(String line, Class<T> type) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(line.substring(MARK.length()), type));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a message: " + line, e);
    }
  }
}
