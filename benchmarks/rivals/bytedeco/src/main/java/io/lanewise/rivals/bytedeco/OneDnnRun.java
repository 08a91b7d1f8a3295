package io.lanewise.rivals.bytedeco;

import io.lanewise.benchmarks.contender.Prepared;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;

/** One primitive with its arguments. */
final class OneDnnRun implements Prepared {
  private final OneDnnMemory memory;
  private final IntMemoryMap arguments;
  private final memory result;
  private final memory.desc plainResult;
  private primitive operation;

  /**
   * A run without a primitive yet.
   *
   * @param argument which argument of the primitive the result is
   * @param plainResult the plain layout of {@link #output}
   */
  OneDnnRun(OneDnnMemory memory, int argument, memory.desc result, memory.desc plainResult) {
    this.memory = memory;
    this.arguments = memory.own(new IntMemoryMap());
    this.result = memory.allocate(result);
    this.plainResult = plainResult;
    arguments.put(argument, this.result);
  }

  /** Adds an input. */
  OneDnnRun with(int argument, memory input) {
    arguments.put(argument, input);
    return this;
  }

  /** Makes the primitive. */
  OneDnnRun of(primitive_desc description) {
    operation = memory.own(new primitive(description));
    return this;
  }

  @Override
  public void run() {
    operation.execute(memory.stream(), arguments);
    memory.stream()._wait();
  }

  @Override
  public float[] output() {
    return memory.read(result, plainResult);
  }

  @Override
  public void close() {
    memory.close();
  }
}
