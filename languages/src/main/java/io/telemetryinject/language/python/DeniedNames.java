package io.telemetryinject.language.python;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of what telemetry must never record: secrets, and what tells who a person is.
 *
 * <p>Errs towards refusing: so are {@code name} alone, which may be a person's, and names in
 * letters other than ASCII, since nobody can say what they are in every language.
 */
final class DeniedNames {
  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

  /** Refused as a word of a name: {@code card_no}, {@code AuthHeader}. */
  private static final Set<String> WORDS =
      words(
          """
          auth oauth authorization authentication authorisation jwt bearer otp totp pin pins pwd pw
          psw pass cred creds csrf xsrf salt sid dsn pem
          phone phones mobile tel fax ssn sin nin iban bic swift cvv cvc pan card cards ip ips dob
          addr addrs street zip postcode postal city born lat lon lng latitude longitude gps geo
          gender sex religion ethnicity salary diagnosis patient passport
          person persons surname surnames forename nickname author signature fingerprint
          """);

  /** Refused anywhere in a name, whatever separates its words: {@code userPass_word2}. */
  private static final Set<String> STEMS =
      words(
          """
          password passwd passphrase passcode passwort kennwort contrasena motdepasse
          secret geheim token cookie session credential private privkey
          apikey accesskey authkey secretkey signingkey encryptionkey masterkey sshkey deploykey
          licensekey keyfile keystore connectionstring
          email mail telephone telefon phonenumber cellphone
          creditcard debitcard cardnumber accountnumber accountno bankaccount socialsecurity taxid
          nationalid driverslicense
          address adresse birth geburt biometric
          username firstname lastname middlename givenname familyname fullname maidenname
          displayname legalname realname personname personalname customername employeename
          patientname contactname ownername authorname accountname membername clientname guestname
          holdername recipientname sendername loginname cardholder userlogin
          """);

  private DeniedNames() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Whether a name of a parameter or an attribute is refused. */
  static boolean contain(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    Matcher words = WORD.matcher(name);
    while (words.find()) {
      String word = words.group().toLowerCase(Locale.ROOT);
      if (WORDS.contains(word)) {
        return true;
      }
      letters.append(word);
    }
    String all = letters.toString();
    boolean ascii = name.chars().allMatch(c -> c < 0x80);
    return !ascii || all.matches("names?") || STEMS.stream().anyMatch(all::contains);
  }
}
