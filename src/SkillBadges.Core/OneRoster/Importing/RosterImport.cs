using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Checking;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

public enum ImportState
{
    /// <summary>Received; it is looked through.</summary>
    Checking,

    /// <summary>Nothing is wrong; it waits to be applied.</summary>
    Checked,

    /// <summary>It has faults and will not be applied.</summary>
    Faulty,

    /// <summary>Its records are taken over, step by step.</summary>
    Applying,

    Applied,

    /// <summary>Who applied it may not any more, or its file is gone.</summary>
    Stopped,
}

/// <summary>Whose tokens call people by which of the roster's user ids: how people who are here already are found.</summary>
/// <param name="Type">The left side of <c>{type:id}</c> in users.csv.</param>
/// <param name="Issuer">The <c>iss</c> of the authority whose <c>sub</c> the id is.</param>
public sealed record RosterIdentity(string Type, string Issuer)
{
    /// <exception cref="RefusedException"><c>oneroster.identity</c>.</exception>
    public static RosterIdentity Of(string type, string issuer) => type.Length is > 0 and <= 60 && issuer.Length is > 0 and <= 250
        ? new(type, issuer)
        : throw Refused.Invalid("oneroster.identity", "Name the type of user id of up to 60 characters and the issuer of up to 250.");
}

/// <summary>A pack on its way in. What was done is in <see cref="Step"/>; doing a step again changes nothing.</summary>
public sealed record RosterImport(string Id, OrganizationId Organization, string SourceName, PersonId By, DateTimeOffset ReceivedAt, Sha256Digest File, long Length)
{
    /// <summary>How long an import and its faults can be read; its file is kept for <see cref="Evidence.Uploads.Upload.Patience"/>.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public ImportState State { get; init; }

    /// <summary>Schools that are not here yet are founded; the state office may.</summary>
    public bool Founds { get; init; }

    public RosterIdentity? Identity { get; init; }

    public ImmutableArray<FileCount> Files { get; init; } = [];

    public long Faults { get; init; }

    /// <summary>Steps of applying that are done.</summary>
    public int Step { get; init; }

    public int Steps { get; init; }

    /// <summary>When applying began: the day from which roles without a date hold, however often it is begun again.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? StopCode { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = ReceivedAt + Kept;

    public RosterSource Source => new(Organization, SourceName);

    public long RowsOf(RosterFile file) => Files.FirstOrDefault(one => one.File == file.Name)?.Rows ?? 0;

    /// <exception cref="RefusedException"><c>oneroster.not-checked</c>.</exception>
    public RosterImport Begin(DateTimeOffset at) => State switch
    {
        ImportState.Checked or ImportState.Stopped => this with { State = ImportState.Applying, BegunAt = BegunAt ?? at, Steps = ImportSteps.Of(this).Length, StopCode = null },
        ImportState.Applying or ImportState.Applied => this,
        _ => throw Refused.Conflict("oneroster.not-checked", "This pack is still being looked through, or it has faults; only a pack without faults is applied."),
    };
}

/// <summary>A hundred faults of an import.</summary>
public sealed record FaultPage(string Import, int Number, ImmutableArray<RosterFault> Faults, DateTimeOffset ExpiresAt)
{
    public const int Size = 100;

    public string Id => $"{Import}-{Number:d5}";
}

public static class RosterImportDocuments
{
    /// <summary>Topic of the message that has the next part of an import done; the subject is the import's id.</summary>
    public const string Topic = "oneroster.import";

    public static readonly AccessPath<RosterImport> ByOrganization = new AccessPath<RosterImport>("organization").Equal("organization", i => i.Organization.Value).OrderBy("received", i => i.ReceivedAt);

    public static readonly AccessPath<RosterImport> ByExpiry = new AccessPath<RosterImport>("expiry").OrderBy("expires", i => i.ExpiresAt);

    /// <summary>A source has one import under way.</summary>
    public static readonly AccessPath<RosterImport> Applying = new AccessPath<RosterImport>("applying").Equal("source", i => i.State == ImportState.Applying ? i.Source.Value : null).Unique();

    public static readonly DocumentKind<RosterImport> Kind = new("roster_import", i => i.Id) { Paths = [ByOrganization, ByExpiry, Applying] };

    public static readonly AccessPath<FaultPage> FaultsByImport = new AccessPath<FaultPage>("import").Equal("import", p => p.Import).OrderBy("number", p => p.Number);

    public static readonly AccessPath<FaultPage> FaultsByExpiry = new AccessPath<FaultPage>("expiry").OrderBy("expires", p => p.ExpiresAt);

    public static readonly DocumentKind<FaultPage> Faults = new("roster_faults", p => p.Id) { Paths = [FaultsByImport, FaultsByExpiry] };
}
