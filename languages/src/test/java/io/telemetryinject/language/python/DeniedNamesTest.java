package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeniedNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password",
        "PASSWORD",
        "user_password",
        "userPassword",
        "passwords",
        "pass_word",
        "passwd",
        "pwd",
        "passphrase",
        "db.password",
        "newpassword2",
        "secret",
        "client_secret",
        "SecretKey",
        "secrets",
        "token",
        "accessToken",
        "csrf_token",
        "api_key",
        "apiKey",
        "APIKey",
        "apikey",
        "x_api_key",
        "access_key",
        "private_key",
        "auth",
        "auth_header",
        "AuthHeader",
        "authorization",
        "oauth",
        "cookie",
        "cookies",
        "session",
        "session_id",
        "sessionid",
        "credential",
        "credentials",
        "aws_creds",
        "private",
        "email",
        "e_mail",
        "eMail",
        "emails",
        "mail",
        "mail_to",
        "useremail",
        "phone",
        "phone_number",
        "telephone",
        "mobile",
        "ssn",
        "iban",
        "card",
        "card_no",
        "creditcard",
        "cvv",
        "cvc",
        "address",
        "ip_address",
        "ipaddress",
        "ip",
        "birth",
        "date_of_birth",
        "birthday",
        "dob",
        "name",
        "names",
        "first_name",
        "lastName",
        "surname",
        "user_name",
        "username",
        "customer.name",
        "person",
        "fullname",
        "latitude",
        "gps.lat",
        "größe",
        "пароль",
        "pаssword",
        "ｐassword",
        "passport_no"
      })
  void refuseSecretsAndPersonalData(String name) {
    assertThat(DeniedNames.contain(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order_id",
        "orderId",
        "count",
        "a",
        "x1",
        "_x",
        "file_name",
        "filename",
        "class_name",
        "path",
        "key",
        "index",
        "wildcard",
        "discard",
        "cardinality",
        "microphone",
        "spinner",
        "passing",
        "bypass",
        "description",
        "shipping",
        "value",
        "args",
        "kwargs",
        "timeout",
        "state",
        "status.code",
        "ssnapshot",
        "authority"
      })
  void letOthersThrough(String name) {
    assertThat(DeniedNames.contain(name)).isFalse();
  }
}
