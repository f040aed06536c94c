using System.Text;
using System.Text.Json;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>A row of somebody's list.</summary>
/// <param name="From">Whom it is from.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Word">Its level in that school's word.</param>
public sealed record PastRow(string From, string Name, string? Word, DateOnly EarnedOn);

/// <summary>
/// Awards from before: Open Badges 2.0 assertions, hosted or signed, and rows of somebody's list. Nothing in them is checked and none is ever signed anew;
/// they come in as recorded from somewhere, in their own words, when a person has decided so.
/// </summary>
public static class PastAward
{
    /// <summary>The assertion (Open Badges 2.0, 2018-04-12), or null for any other text.</summary>
    public static Brought? Of(string text)
    {
        try
        {
            var json = text.StartsWith('{') ? text : SignedPayload(text);
            if (json is null)
            {
                return null;
            }

            using var document = StrictJson.ParseObject(Encoding.UTF8.GetBytes(json));
            return SkillReading.Values(document.RootElement, "type").Any(type => type.ValueKind == JsonValueKind.String && type.ValueEquals("Assertion")) ? Read(document.RootElement, text) : null;
        }
        catch (MalformedException)
        {
            return null;
        }
    }

    /// <summary>What a row says.</summary>
    /// <exception cref="RefusedException"><c>recognition.text</c>.</exception>
    public static Brought Row(PersonId learner, PastRow row)
    {
        var (source, called, level, earnedOn) = (Required(row.From), Required(row.Name), string.IsNullOrWhiteSpace(row.Word) ? null : Required(row.Word), row.EarnedOn);
        var digest = Sha256Digest.Of(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{source}\n{called}\n{level}\n{earnedOn:O}")));
        return Past(source, $"{learner.Value} {digest.Hex}", digest, called, new(earnedOn, TimeOnly.MinValue, TimeSpan.Zero), level);
    }

    private static Brought Read(JsonElement assertion, string text)
    {
        var badge = SkillReading.Values(assertion, "badge").FirstOrDefault();
        var issuer = SkillReading.Values(badge, "issuer").FirstOrDefault();
        var address = badge.ValueKind == JsonValueKind.String ? badge.GetString() : null;
        var digest = Sha256Digest.Of(Encoding.UTF8.GetBytes(text));
        var at = DateTimeStamp.TryParse(SkillReading.Text(assertion, "issuedOn"), out var issued) ? DateTimeOffset.FromUnixTimeSeconds(issued.ToUnixTimeSeconds()) : default;
        return Past(
            SkillReading.Shown(SkillReading.Text(issuer, "name") ?? (issuer.ValueKind == JsonValueKind.String ? issuer.GetString() : null) ?? address) ?? "an older badge", SkillReading.Text(assertion, "id") ?? digest.Hex, digest,
            SkillReading.Shown(SkillReading.Text(badge, "name") ?? address) ?? "(a badge without a name)", at, null);
    }

    private static Brought Past(string from, string id, Sha256Digest digest, string name, DateTimeOffset earnedAt, string? word) => new(
        new(SourceKind.Past, BroughtBadge.KeyOf("past", id), null, from, digest.Hex, digest, name, earnedAt) { Word = word }, [new(name, null, null, [], null, null, word, null)], null, null);

    private static string Required(string text) => DisplayText.Require(text, BroughtBadge.MaxTextLength, "recognition.text");

    // RFC 7515 (May 2015) 7.1: the middle of three parts. Its signature is of a key that Open Badges 2.0 looks up on the web, so it is not held against any.
    private static string? SignedPayload(string compact)
    {
        try
        {
            return compact.Split('.') is [_, var payload, _] ? Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(payload)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
