namespace SkillBadges.App.Demo;

/// <summary>Everybody who plays in the story, each with a session of their own, and somebody who has none.</summary>
internal sealed class DemoCast(Func<DemoClient> visitor, IEnumerable<string> logins, IReadOnlyDictionary<string, string> organizations) : IDisposable
{
    private readonly Dictionary<string, DemoClient> players = logins.ToDictionary(login => login, _ => visitor(), StringComparer.Ordinal);

    /// <summary>Not signed in.</summary>
    public DemoClient Anyone { get; } = visitor();

    public DemoClient this[string login] => players[login];

    public Task SignInAsync(CancellationToken cancellationToken) => Task.WhenAll(players.Select(player => player.Value.SignInAsync(player.Key, cancellationToken)));

    /// <returns>The id of the organization with this short name.</returns>
    public string Organization(string slug) => organizations[slug];

    public void Dispose()
    {
        foreach (var player in players.Values.Append(Anyone))
        {
            player.Dispose();
        }
    }
}
