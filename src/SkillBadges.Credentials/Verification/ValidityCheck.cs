using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>The dates against the clock.</summary>
internal static class ValidityCheck
{
    internal const string Expired = "expired";

    /// <summary>How far the clocks of an issuer and of us may be apart; a fresh credential is shown within seconds.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    internal static void Run(ReportDraft draft, JsonElement credential, DateTimeOffset now)
    {
        var from = CredentialDates.ValidFrom(credential);
        var until = CredentialDates.ValidUntil(credential);
        if (CredentialDates.AnyUnreadable(credential))
        {
            draft.Fail(CheckName.Validity, "dates-malformed", "A date of the credential is not a date and time with a time zone.");
        }
        else if (from > until)
        {
            draft.Fail(CheckName.Validity, "dates-reversed", "The credential says that it ends before it begins.");
        }
        else if (from > now + ClockDifference)
        {
            draft.Fail(CheckName.Validity, "not-yet-valid", $"The credential is valid only from {Day(from.Value)} on.");
        }
        else if (until <= now)
        {
            draft.Fail(CheckName.Validity, Expired, $"The credential was valid until {Day(until.Value)}.");
        }
        else
        {
            draft.Pass(CheckName.Validity, until is { } end ? $"The credential is valid until {Day(end)}." : "The credential has no end date.");
        }
    }

    internal static string Day(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}
