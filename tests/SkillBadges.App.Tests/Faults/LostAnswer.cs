using System.Net.Sockets;
using System.Text.Json;

namespace SkillBadges.App.Tests.Faults;

internal static class LostAnswer
{
    /// <summary>Whether a request ended like this because the server went away: before it was connected, while it was sent or in the middle of the answer.</summary>
    /// <remarks>A connection that is cut between its making and its first use is told by a bare <see cref="SocketException"/>.</remarks>
    public static bool Is(Exception fault) => fault is HttpRequestException or IOException or SocketException or JsonException;
}
