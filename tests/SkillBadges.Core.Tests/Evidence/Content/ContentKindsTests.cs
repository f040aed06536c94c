using System.Reflection;
using SkillBadges.Core.Evidence.Custody;

namespace SkillBadges.Core.Tests.Evidence.Content;

/// <summary>A kind of document that refers to bytes in the file store is known where bytes are removed.</summary>
public sealed class ContentKindsTests
{
    // Their digests are of words, of documents, of rows, of other records or of papers that are kept elsewhere, never of bytes in the file store; bytes of a transfer pack are
    // referred to by the work that they are part of.
    private static readonly string[] OfOtherThings =
    [
        "checkpoint", "plan_review",
        "answered_subject", "carried_entry", "transfer", "transfer_pack",
        "badge_draft", "badge_provenance", "badge_sheet", "bulk_job", "competency_text", "cycle", "cycle_snapshot", "graduate_profile_version", "internship_papers", "mastery_entry", "recognition", "request", "roster_import", "scale_snapshot", "scale_version", "stack_version", "state_file", "teachers_of_record",
    ];

    [Fact]
    public void Every_kind_that_holds_a_digest_either_refers_to_bytes_or_is_known_not_to()
    {
        var known = ContentRelease.Referring.Select(kind => kind.Name).Concat(OfOtherThings).ToArray();
        var holding = AllDocumentKinds.OfCore.Where(kind => Holds(kind.GetType().GetGenericArguments()[0], [])).Select(kind => kind.Name).ToArray();

        var unknown = string.Join(", ", holding.Except(known).Order(StringComparer.Ordinal));

        Assert.True(unknown.Length == 0, $"Is the digest in these of bytes in the file store? {unknown}");
        Assert.Empty(known.Except(holding));
    }

    private static bool Holds(Type type, HashSet<Type> seen) =>
        type == typeof(Sha256Digest)
        || (seen.Add(type) && (type.GetGenericArguments().Any(argument => Holds(argument, seen))
            || (type.HasElementType && Holds(type.GetElementType()!, seen))
            || (type.Namespace?.StartsWith("SkillBadges", StringComparison.Ordinal) == true && type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Any(property => Holds(property.PropertyType, seen)))));
}
