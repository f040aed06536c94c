namespace SkillBadges.Credentials.Dids;

/// <summary>Finds the document of an identifier: from the network, from our own store, or from the name itself.</summary>
public interface IDidResolver
{
    /// <summary>Never throws for what a stranger's host answers; the resolution says how it ended.</summary>
    ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken);
}
