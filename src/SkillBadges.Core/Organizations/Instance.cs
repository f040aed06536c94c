using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>What the data folder knows of itself: the address that its ids and DIDs were made from.</summary>
public sealed record Instance(string BaseUrl, DateTimeOffset FixedAt)
{
    public const string Id = "instance";
}

public static class InstanceDocuments
{
    public static readonly DocumentKind<Instance> Kind = new("instance", _ => Instance.Id);

    /// <summary>For the start of the program: nothing is fixed yet, or it is this address.</summary>
    /// <exception cref="RefusedException"><c>settings.base-url-changed</c>.</exception>
    public static async Task RequireAsync(IDocumentStore store, InstanceAddress address, CancellationToken cancellationToken) =>
        Same(await store.FindAsync(Kind, Instance.Id, cancellationToken), address);

    /// <summary>For the commit that founds an organization: the first one fixes the address.</summary>
    /// <exception cref="RefusedException"><c>settings.base-url-changed</c>.</exception>
    public static async Task FixAsync(IDocumentStore store, InstanceAddress address, DateTimeOffset now, Changes changes, CancellationToken cancellationToken)
    {
        var read = await store.FindAsync(Kind, Instance.Id, cancellationToken);
        Same(read, address);
        if (read is null)
        {
            changes.Add(Kind, new(address.BaseUrl, now));
        }
    }

    private static void Same(Read<Instance>? read, InstanceAddress address)
    {
        if (read is not null && read.Document.BaseUrl != address.BaseUrl)
        {
            throw Refused.Conflict(
                "settings.base-url-changed",
                $"This data was made under {read.Document.BaseUrl}; credentials and DIDs hold that address, so it cannot become {address.BaseUrl}.");
        }
    }
}
