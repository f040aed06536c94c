using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// Organizations write scales of their own, in the format of scale files. Content that changes becomes the next version; badges and entries keep the version that they were made with.
/// </summary>
public sealed class ScaleWorkflow(Commits commits, Authority authority)
{
    private static readonly IReadOnlyList<Role> keepers = [Role.OrganizationAdmin];

    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Administers the organization, or the state's instance.</param>
    /// <param name="organization">Alone changes the scale from then on.</param>
    /// <param name="id">Of the scale, as its content says.</param>
    /// <param name="content">UTF-8.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>scale.exists</c>, and the first fault of the content.</exception>
    public Task<Read<ScaleHead>> WriteAsync(Actor actor, OrganizationId organization, string id, ReadOnlyMemory<byte> content, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var owner = await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", token);
            var keeper = await authority.RequireOrStateAsync(actor, organization, keepers, token);
            var scale = Sound(id, content);
            if (await store.FindAsync(ScaleDocuments.Heads, scale.Id, token) is not null)
            {
                throw Refused.Conflict("scale.exists", $"There is a scale {scale.Id} already; please choose another id, or use that scale.");
            }

            var head = new ScaleHead(scale.Id, scale.Version, scale.Name) { Owner = owner.Document.Id };
            var changes = new Changes().Require(MembershipDocuments.Kind, keeper).Add(ScaleDocuments.Versions, scale).Add(ScaleDocuments.Heads, head);
            return new Outcome<Read<ScaleHead>>(changes, new(head, head.Id, 1), head.Id);
        },
        (written, token) => store.GetAsync(ScaleDocuments.Heads, written, "scale", token),
        cancellationToken);

    /// <summary>The next version; the same content again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>scale.not-found</c>, <c>scale.kept-elsewhere</c>, <c>role.missing</c>, <c>request.stale</c>, and the first fault of the content.</exception>
    public Task<Read<ScaleHead>> RewriteAsync(Actor actor, string id, ReadOnlyMemory<byte> content, long ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var read = (await store.GetAsync(ScaleDocuments.Heads, id, "scale", token)).MustBe(ifMatch);
            var owner = read.Document.Owner ?? throw Refused.Conflict("scale.kept-elsewhere", "This scale came from files and is changed there; an organization writes one of its own.");
            var keeper = await authority.RequireOrStateAsync(actor, owner, keepers, token);
            var scale = Sound(id, content);
            var changes = new Changes().Require(MembershipDocuments.Kind, keeper);
            var published = await Publications.Scales.AddAsync(store, changes, scale, token);
            var head = read.Document with { CurrentVersion = published.Version.Version, Name = published.Version.Name };
            return new Outcome<Read<ScaleHead>>(changes, published.IsNew ? read.Became(head) : read, id);
        },
        cancellationToken);

    /// <summary>Files bring what the operator stands for; they do not change what an organization wrote here.</summary>
    /// <exception cref="RefusedException"><c>scale.kept-elsewhere</c>.</exception>
    internal static async Task RequireFromFilesAsync(IDocumentStore store, MasteryScale content, Changes changes, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ScaleDocuments.Heads, content.Id, cancellationToken) is not { Document.Owner: not null } head)
        {
            return;
        }

        changes.Require(ScaleDocuments.Heads, head);
        var current = await store.GetAsync(ScaleDocuments.Versions, ScaleDocuments.VersionId(content.Id, head.Document.CurrentVersion), "scale", cancellationToken);
        if (current.Document.ContentHash != content.ContentHash)
        {
            throw Refused.Conflict("scale.kept-elsewhere", "An organization wrote this scale on the server and changes it there.");
        }
    }

    private static MasteryScale Sound(string id, ReadOnlyMemory<byte> content)
    {
        var reading = DefinitionFile.ReadScale($"scales/{(id.Length <= Slug.MaxLength ? id : "")}.json", content.Span);
        return reading.Content ?? throw Refused.Invalid(reading.Faults[0].Code, $"{reading.Faults[0].Message} ({reading.Faults[0].Path})");
    }
}
