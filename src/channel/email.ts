import { createTransport } from 'nodemailer';
import type { Secret } from '../secret.js';
import { letterOf, subjectOf, type Notice } from '../domain/notice.js';
import { DELIVERY_TIMEOUT_MS, DeliveryError } from './channel.js';

export interface MailOptions {
  smtpUrl: Secret<string>;
  from: string;
  /** Where our server is reached, for links. */
  publicUrl: string;
}

/** Hands it to the mail server once. Throws `DeliveryError` unless the server takes it. */
export async function sendEmail(
  { smtpUrl, from, publicUrl }: MailOptions,
  to: string,
  subscriptionId: string,
  notice: Notice,
): Promise<void> {
  const transport = createTransport({
    url: smtpUrl.reveal(),
    connectionTimeout: DELIVERY_TIMEOUT_MS,
    greetingTimeout: DELIVERY_TIMEOUT_MS,
    socketTimeout: DELIVERY_TIMEOUT_MS,
  });
  const { noticeId, firmId, cause } = notice;
  const listUrl = `${publicUrl}/v1/attention/items?${new URLSearchParams({ firm: firmId, cause }).toString()}`;
  try {
    await transport.sendMail({
      from,
      to,
      subject: subjectOf(notice),
      text: letterOf(notice, listUrl, subscriptionId),
      // The same at every attempt: most mail programs show a repetition once.
      messageId: `<${noticeId}@counterfoil>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    const { responseCode, code, message } = error as {
      responseCode?: number;
      code?: string;
      message: string;
    };
    const why = responseCode === undefined ? (code ?? message) : `it answers ${responseCode}`;
    throw new DeliveryError(`The mail server does not take it (${why}).`);
  } finally {
    transport.close();
  }
}
