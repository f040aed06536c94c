using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Joins;

/// <summary>
/// A student's number at the state office, as one school has it. Only a keyed digest is kept, so that equal numbers are found and no number can be read or tried out
/// without the key; it enters no badge, log or address.
/// </summary>
/// <param name="Digest">64 hexadecimal digits.</param>
public sealed record StateNumber(PersonId Student, OrganizationId School, string Digest, PersonId SetBy, DateTimeOffset SetAt)
{
    public const int MaxLength = 40;

    /// <summary>What is kept of a number.</summary>
    /// <exception cref="RefusedException"><c>state-number.form</c>.</exception>
    public static string DigestOf(string text, KeyEncryptionKey keys) => keys.Hash(Normalized(text), "state-student-number");

    /// <summary>Letters and digits as they count: schools write the same number with and without hyphens, spaces and leading zeros.</summary>
    /// <exception cref="RefusedException"><c>state-number.form</c>.</exception>
    public static string Normalized(string text)
    {
        var kept = new string([.. text.Where(c => c is not (' ' or '-' or '.'))]).ToUpperInvariant().TrimStart('0');
        return text.Length <= MaxLength && kept.Length is >= 4 && kept.All(char.IsAsciiLetterOrDigit)
            ? kept
            : throw Refused.Invalid("state-number.form", $"A state student number has at least 4 letters and digits, and at most {MaxLength} characters.");
    }
}

public static class StateNumberDocuments
{
    public static readonly AccessPath<StateNumber> ByDigest = new AccessPath<StateNumber>("digest").Equal("digest", n => n.Digest).OrderBy("set", n => n.SetAt);

    /// <summary>A school's students with a number; a number belongs to one of them.</summary>
    public static readonly AccessPath<StateNumber> AtSchool = new AccessPath<StateNumber>("at_school").Equal("school", n => n.School.Value).Equal("digest", n => n.Digest).Unique();

    public static readonly AccessPath<StateNumber> BySchool = new AccessPath<StateNumber>("school").Equal("school", n => n.School.Value).OrderBy("set", n => n.SetAt);

    public static readonly DocumentKind<StateNumber> Kind = new("state_number", n => n.Student.Value) { Paths = [ByDigest, AtSchool, BySchool] };
}
