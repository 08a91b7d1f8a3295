package io.lanewise.propertytests.faults;

/** Mistakes in how an operation treats what it is handed, whatever it computes. */
enum ContractMistake implements Mistake {
  WRITES_ONE_BEYOND("writes the element behind its output"),
  LAST_UNWRITTEN("leaves its output's last element as it was"),
  CHANGES_INPUT("rounds the input's last element, in place"),
  OFFSET_IGNORED("reads the input from the start of its array"),
  OVERLAP_ACCEPTED("takes an output that shares elements with the input"),
  SHAPE_ACCEPTED("takes an input of another shape if only the size agrees"),
  TRUSTS_WORKSPACE("expects the workspace to hold zeros"),
  EMPTY_BATCH_FAILS("divides by the batch size"),
  BITS_OF_WORKERS("with more than one worker, rounds twice");

  private final String what;

  ContractMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
