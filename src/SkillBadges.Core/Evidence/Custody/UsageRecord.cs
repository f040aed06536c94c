using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>What one learner's files at one organization take: bytes by id of the piece of proof or of the upload that is to become it.</summary>
public sealed record UsageRecord(string Id, ImmutableDictionary<string, long> Files)
{
    [JsonIgnore]
    public long Bytes => Files.Values.Sum();
}

/// <summary>What all files of an organization's learners take.</summary>
public sealed record UsageTotal(string Organization, long Bytes);

public static class UsageDocuments
{
    public static readonly DocumentKind<UsageRecord> Records = new("evidence_usage", u => u.Id);

    public static readonly DocumentKind<UsageTotal> Totals = new("evidence_usage_total", u => u.Organization);
}
