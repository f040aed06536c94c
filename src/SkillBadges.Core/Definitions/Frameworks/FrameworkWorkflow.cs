using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>What became of a file that was handed in as a package: the framework, or what is wrong.</summary>
public sealed record FrameworkImport(PublishedFramework? Published, IReadOnlyList<FileFault> Faults);

/// <summary>Takes frameworks in, and lets organizations write their own.</summary>
public sealed class FrameworkWorkflow(FrameworkPublication publication, IDocumentStore store, Authority authority, InstanceAddress address, TimeProvider clock)
{
    /// <summary>Who keeps an organization's frameworks, beside the state office.</summary>
    private static readonly IReadOnlyList<Role> keepers = [Role.OrganizationAdmin, Role.IndustryAuthor];

    // A package of the greatest size takes some hundred megabytes while it is read: one at a time.
    private static readonly SemaphoreSlim reading = new(1, 1);

    /// <summary>For the operator at the command line: the framework becomes everybody's.</summary>
    public async Task<FrameworkImport> ImportAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var read = CaseFile.Read(name, bytes.Span);
        return read.Content is { } package
            ? new(await publication.PublishAsync(package, null, FrameworkSource.Imported, (_, _, _) => Task.CompletedTask, null, cancellationToken), [])
            : new(null, read.Faults);
    }

    /// <summary>Takes in a package for an organization, or its next revision.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>framework.kept-elsewhere</c>, <c>framework.local</c>.</exception>
    public async Task<FrameworkImport> ImportAsync(Actor actor, OrganizationId organization, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, keepers, cancellationToken);
        await reading.WaitAsync(cancellationToken);
        try
        {
            var read = CaseFile.Read(name, bytes.Span);
            return read.Content is { } package
                ? new(await publication.PublishAsync(package, organization, FrameworkSource.Imported, Authorize(actor, organization, FrameworkSource.Imported, null), null, cancellationToken), [])
                : new(null, read.Faults);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Writes a framework of the organization's own; its identifier is made here.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>framework.kept-elsewhere</c>, and those of <see cref="LocalFramework.ToPackage"/>.</exception>
    public Task<Framework> WriteAsync(Actor actor, OrganizationId organization, LocalFramework content, RequestKey? key, CancellationToken cancellationToken) =>
        WriteAsync(actor, organization, NewUuid(), content, null, key, cancellationToken);

    /// <summary>Puts other content in the place of what a local framework holds.</summary>
    /// <exception cref="RefusedException"><c>framework.not-found</c>, <c>role.missing</c>, <c>framework.not-local</c>, <c>request.stale</c>, and those of <see cref="LocalFramework.ToPackage"/>.</exception>
    public async Task<Framework> RewriteAsync(Actor actor, string id, LocalFramework content, int? ifRevision, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(FrameworkDocuments.Kind, id, "framework", cancellationToken);
        if (read.Document.Source != FrameworkSource.Local || read.Document.Owner is not { } owner)
        {
            throw Refused.Conflict("framework.not-local", "This framework is published by somebody else; import its next package instead.");
        }

        return await WriteAsync(actor, owner, id, content, ifRevision, null, cancellationToken);
    }

    /// <summary>Whether the actor may see it: a private draft is its keepers' alone.</summary>
    /// <exception cref="RefusedException"><c>framework.not-found</c>.</exception>
    public async Task<Framework> ReadAsync(Actor? actor, string id, CancellationToken cancellationToken)
    {
        var framework = (await store.GetAsync(FrameworkDocuments.Kind, id, "framework", cancellationToken)).Document;
        return !framework.IsPrivate || (actor is not null && framework.Owner is { } owner && await authority.FindOrStateAsync(actor, owner, keepers, cancellationToken) is not null)
            ? framework
            : throw Refused.NotFound("framework");
    }

    private async Task<Framework> WriteAsync(Actor actor, OrganizationId organization, string id, LocalFramework content, int? ifRevision, RequestKey? key, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, keepers, cancellationToken);
        var creator = (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken)).Document.Name;
        var package = content.ToPackage(id, creator, path => address.Link(path), clock.Now(), NewUuid);
        return (await publication.PublishAsync(package, organization, FrameworkSource.Local, Authorize(actor, organization, FrameworkSource.Local, ifRevision), key, cancellationToken)).Framework;
    }

    private Func<Read<Framework>?, Changes, CancellationToken, Task> Authorize(Actor actor, OrganizationId organization, FrameworkSource source, int? ifRevision) => async (current, changes, token) =>
    {
        changes.Require(MembershipDocuments.Kind, await authority.RequireOrStateAsync(actor, organization, keepers, token));
        if (current is null)
        {
            return;
        }

        if (current.Document.Owner != organization && await authority.FindStateAdminAsync(actor, token) is null)
        {
            throw Refused.Conflict("framework.kept-elsewhere", "Another organization keeps this framework here already; it can be used as it is.");
        }

        if (current.Document.Source != source)
        {
            throw Refused.Conflict("framework.local", "A framework that is written here is changed here, not by importing a package.");
        }

        if (ifRevision is { } revision && current.Document.Revision != revision)
        {
            throw Refused.Stale("request.stale", "This changed since you read it; please read it again and decide anew.");
        }
    };

    private string NewUuid() => Guid.CreateVersion7(clock.GetUtcNow()).ToString("D");
}
