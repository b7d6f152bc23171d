package io.telemetryinject.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A broker's address as the user gave it, looked at before a client waits minutes for it. */
final class BrokerAddress {
  private static final int CONNECT_MILLIS = 5_000;

  private BrokerAddress() {}

  /** Complains unless one of the addresses, separated by commas, takes a connection. */
  static void check(String addresses) throws Complaint {
    for (String address : addresses.split(",", -1)) {
      if (answers(address.strip())) {
        return;
      }
    }
    throw new Complaint(
        ExitCode.USAGE,
        "no broker answers at " + addresses,
        "Check that it runs and that the address is right, then run the same command again.");
  }

  private static boolean answers(String address) throws Complaint {
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      int port = Integer.parseInt(address.substring(colon + 1));
      String host = address.substring(0, Math.max(0, colon));
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    } catch (IllegalArgumentException e) {
      throw new Complaint(
          ExitCode.USAGE,
          "the broker's address " + address + " is not HOST:PORT",
          "Write it like localhost:9092.");
    }
  }
}
