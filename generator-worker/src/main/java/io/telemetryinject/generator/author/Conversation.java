package io.telemetryinject.generator.author;

import io.telemetryinject.generator.author.AnswerText.Flaw;
import io.telemetryinject.llm.Account;
import io.telemetryinject.llm.Ending;
import io.telemetryinject.llm.LanguageModel;
import io.telemetryinject.llm.Prompt;
import io.telemetryinject.llm.Purpose;
import io.telemetryinject.llm.Reply;
import io.telemetryinject.llm.SpendLedgerException;
import io.telemetryinject.llm.Usage;

/**
 * Asks a model for files until one can be taken, each flaw in its own way: a refusal is met with
 * the purpose, once; a truncation with more room; anything else with what was wrong. Used by one
 * thread.
 */
final class Conversation {
  static final int FIRST_TOKENS = 8_192;
  private static final int MOST_TOKENS = 32_768;
  private static final int TRIES = 4;

  private final LanguageModel model;
  private final Account account;
  private final PromptBook book;
  private Usage usage = Usage.none();
  private boolean overBudget;

  Conversation(LanguageModel model, Account account, PromptBook book) {
    this.model = model;
    this.account = account;
    this.book = book;
  }

  /** What was spent so far. */
  Usage usage() {
    return usage;
  }

  /** Whether a call was not made because there was no money left. */
  boolean overBudget() {
    return overBudget;
  }

  /** Asks for one file. */
  CodeReply code(Purpose purpose, String task) throws InterruptedException {
    String question = task;
    String asked = task;
    int room = FIRST_TOKENS;
    boolean explained = false;
    Flaw flaw = Flaw.NONE;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Reply reply;
      try {
        reply = model.ask(new Prompt(purpose, book.shared(), asked, room), account);
      } catch (SpendLedgerException e) {
        return new CodeReply.None(String.valueOf(e.getMessage()), false);
      }
      usage = usage.plus(reply.usage());
      if (endsTheConversation(reply.ending())) {
        overBudget |= reply.ending() == Ending.OVER_BUDGET;
        boolean answered = reply.ending() == Ending.FILTERED;
        return new CodeReply.None(describe(reply), answered);
      }
      AnswerText answer = read(reply);
      flaw = answer.flaw();
      switch (flaw) {
        case NONE -> {
          return new CodeReply.Code(answer.code());
        }
        case UNCLOSED -> {
          if (room == MOST_TOKENS) {
            return new CodeReply.None(said(flaw), true);
          }
          room = Math.min(2 * room, MOST_TOKENS);
          asked = book.again(question, flaw);
        }
        case REFUSED -> {
          if (explained) {
            return new CodeReply.None(said(flaw), true);
          }
          explained = true;
          question = book.explained(task);
          asked = question;
        }
        default -> asked = book.again(question, flaw);
      }
    }
    return new CodeReply.None(said(flaw), true);
  }

  private static boolean endsTheConversation(Ending ending) {
    return switch (ending) {
      case COMPLETE, TRUNCATED, REFUSED, EMPTY -> false;
      case FILTERED, UNAVAILABLE, DENIED, OVER_BUDGET -> true;
    };
  }

  private static AnswerText read(Reply reply) {
    return switch (reply.ending()) {
      case TRUNCATED -> new AnswerText(Flaw.UNCLOSED, "");
      case REFUSED -> new AnswerText(Flaw.REFUSED, "");
      default -> AnswerText.of(reply.text());
    };
  }

  private String said(Flaw flaw) {
    return model.name().word() + " gave no usable answer: " + flaw.phrase();
  }

  private String describe(Reply reply) {
    return switch (reply.ending()) {
      case OVER_BUDGET -> "the budget is spent: " + reply.detail();
      case FILTERED -> model.name().word() + " gave no answer: its content filter stopped it";
      default -> model.name().word() + " gave no answer: " + reply.detail();
    };
  }
}
