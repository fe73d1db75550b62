#pragma once
// How requests enter: the load balancer's controller, its load balancers with their listeners and rules, and target groups with what is
// behind them.

#include "graph/controller.h"
#include "graph/ingress_group.h"
#include "graph/target_group.h"
